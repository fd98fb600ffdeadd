import { Refusal } from '../main/administration/refusal.ts'
import type { Engine } from '../main/engine.ts'
import type { CommandContext } from './command-context.ts'

/** The id of the directory that a command works on. Throws `Refusal` for one that does not exist. */
export function directoryOf(engine: Engine, context: Pick<CommandContext, 'directory'>): number {
  const directory = engine.reads.directories.bySlug(context.directory)
  if (!directory) throw new Refusal(`There is no directory "${context.directory}". See "rollcall directories list".`)
  return directory.id
}
