import type { Administer } from '../../administration/administer.ts'
import type { CommandQueue } from '../../writer/threaded-writer.ts'

/** How often dates of last use are written, in ms. */
const writeEveryMs = 15_000

/** Gathers when tokens were used, so that a request does not cost a write. */
export interface TokenUses {
  note(tokenId: number, integrationId: number, now: number, isFirst: boolean): void
  close(): Promise<void>
}

export function createTokenUses(
  writer: Pick<CommandQueue, 'execute'>,
  administer: Administer,
  clock: () => number,
): TokenUses {
  let latest = new Map<number, number>()

  async function write(): Promise<void> {
    if (latest.size === 0) return
    const uses = [...latest].map(([tokenId, at]) => ({ tokenId, at }))
    latest = new Map()
    await writer.execute({ kind: 'token-use', uses, now: clock() })
  }

  const timer = setInterval(() => void write(), writeEveryMs)
  timer.unref()
  return {
    note(tokenId, integrationId, now, isFirst) {
      latest.set(tokenId, now)
      // The first use is written at once, for it ends the overlap with the token before. A store that fails just then loses
      // nothing that matters: the date of use is written with the next ones, and the overlap ends when its time is up.
      if (isFirst) void administer('token-first-used', { tokenId, integrationId }).catch(() => undefined)
    },
    close() {
      clearInterval(timer)
      return write()
    },
  }
}
