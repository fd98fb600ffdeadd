import type { Engine } from '../../main/engine.ts'
import { consoleUrlSetting } from './console-link.ts'

interface Noting {
  /** When the data directory is this server's to name the address of; undefined: at once. */
  readonly whenMarked: Promise<void> | undefined
  /** One line for the operator. */
  readonly onTrouble: (message: string) => void
}

/**
 * Notes where the command `console url` finds the console of this server; without one, that there is none, for the address of an earlier server leads
 * nowhere. What is to wait for another server's end is noted in the background. Returns what keeps it from being noted later.
 */
export async function noteConsoleUrl(
  engine: Engine,
  url: string | undefined,
  { whenMarked, onTrouble }: Noting,
): Promise<() => void> {
  let isClosed = false
  async function note(): Promise<void> {
    const value = url ?? ''
    if (isClosed || (engine.reads.settings.get(consoleUrlSetting) ?? '') === value) return
    await engine.administer('set-setting', { name: consoleUrlSetting, value })
  }
  if (whenMarked === undefined) await note()
  else
    void whenMarked.then(note).catch((error: unknown) => {
      const problem = error instanceof Error ? error.message : String(error)
      onTrouble(`Where the console is could not be noted for "rollcall console url". ${problem}`)
    })
  return () => {
    isClosed = true
  }
}
