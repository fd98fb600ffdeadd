import { openEngine, type Engine } from '../main/engine.ts'
import { firstUseByRoot } from '../main/data-dir/first-use-by-root.ts'
import type { CommandContext } from './command-context.ts'

/** Tells root, before anything is made, that the data directory is another user's. */
export function warnRoot({ dataDir, warn }: CommandContext): void {
  const warning = firstUseByRoot(dataDir)
  if (warning !== undefined) warn(warning)
}

/** Opens the engine for the time of one command. */
export async function withEngine<Result>(
  context: CommandContext,
  use: (engine: Engine) => Promise<Result> | Result,
): Promise<Result> {
  warnRoot(context)
  const engine = await openEngine({
    dataDir: context.dataDir,
    vault: context.vault,
    actor: 'command line',
    threads: context.threads,
    mode: 'command',
    onTrouble: (message) => context.warn(message),
  })
  try {
    return await use(engine)
  } finally {
    await engine.close()
  }
}
