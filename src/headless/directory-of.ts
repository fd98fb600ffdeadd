import { mainDirectory } from '../main/administration/initialise.ts'
import type { Engine } from '../main/engine.ts'

/** The id of the directory that commands work on. */
export function directoryOf(engine: Engine): number {
  const directory = engine.reads.directories.bySlug(mainDirectory)
  if (!directory) throw new Error(`The directory "${mainDirectory}" is missing.`)
  return directory.id
}
