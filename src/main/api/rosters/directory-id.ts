import type { Engine } from '../../engine.ts'
import { NotFound } from '../problems/not-found.ts'

/** The id of a directory. Throws `NotFound`. */
export function directoryIdOf(engine: Engine, slug: string): number {
  const directory = engine.reads.directories.bySlug(slug)
  if (!directory) throw new NotFound(`There is no directory "${slug}".`)
  return directory.id
}
