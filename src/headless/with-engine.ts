import { openEngine, type Engine } from '../main/engine.ts'
import type { CommandContext } from './command-context.ts'

/** Opens the engine for the time of one command. */
export async function withEngine<Result>(
  context: CommandContext,
  use: (engine: Engine) => Promise<Result> | Result,
): Promise<Result> {
  const engine = await openEngine({
    dataDir: context.dataDir,
    vault: context.vault,
    actor: 'command line',
    threads: context.threads,
    mode: 'command',
  })
  try {
    return await use(engine)
  } finally {
    await engine.close()
  }
}
