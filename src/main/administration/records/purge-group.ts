import { setImmediate as turn } from 'node:timers/promises'
import type { Administer } from '../administer.ts'
import { Refusal } from '../refusal.ts'

interface Wanted {
  readonly directory: string
  /** A displayName or an id. */
  readonly which: string
}

interface Watch {
  readonly signal?: AbortSignal | undefined
  /** How many members have been removed. */
  readonly onStep?: (members: number) => void
}

/**
 * Removes an archived group for good, in one transaction after the other where it has many members. Rejects with `Refusal`, also when it is
 * stopped between two of them: the group is archived still then, without the members that were removed.
 */
export async function purgeGroupInSteps(
  administer: Administer,
  { directory, which }: Wanted,
  { signal, onStep }: Watch = {},
): Promise<{ readonly id: string; readonly displayName: string }> {
  let members = 0
  for (let wanted = which; ;) {
    const step = await administer('purge-group', { directory, which: wanted })
    const { id, displayName } = step
    members += step.members
    if (!step.hasMore) return { id, displayName }
    onStep?.(members)
    // Nothing here may wait for anything, and Ctrl+C would not be heard.
    await turn()
    if (signal?.aborted === true)
      throw new Refusal(
        `Stopped: ${members} members were removed, and the group is archived still. The same command does the rest.`,
      )
    // Another group of its name may have been archived meanwhile.
    wanted = id
  }
}
