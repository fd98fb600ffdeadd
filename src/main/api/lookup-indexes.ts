import type { LookupIndex } from '../../contract/lookup-indexes.ts'
import { matchedPlaces } from '../administration/matched-places.ts'
import { Refusal } from '../administration/refusal.ts'
import { placeText } from '../directory/read/place-text.ts'
import type { Engine } from '../engine.ts'
import type { LookupIndexRow } from '../store/configuration/lookup-indexes.ts'
import { api } from './api.ts'
import { directoryIdOf } from './rosters/directory-id.ts'

function view({ reads }: Engine, directory: string, index: LookupIndexRow): LookupIndex {
  return {
    directory,
    attribute: placeText(index),
    state: index.state,
    percent: reads.lookupIndexes.percentBuilt(index),
    origin: index.origin,
    isMatched: matchedPlaces(reads, index.directory_id).has(placeText(index)),
    createdAt: index.created_at,
  }
}

export const lookupIndexes = {
  list: api.lookupIndexes.list.handler(({ context: { parts } }) => {
    const { engine } = parts
    return engine.reads.directories
      .all()
      .flatMap(({ id, slug }) => engine.reads.lookupIndexes.ofDirectory(id).map((index) => view(engine, slug, index)))
  }),
  add: api.lookupIndexes.add.handler(async ({ input: { directory, attribute }, context: { parts } }) => {
    directoryIdOf(parts.engine, directory)
    try {
      const added = await parts.engine.administer('add-lookup-index', { directory, path: attribute })
      return view(parts.engine, directory, added)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      throw new Refusal(error.message, error.reason, [{ path: 'attribute', problem: error.message }])
    }
  }),
  remove: api.lookupIndexes.remove.handler(async ({ input: { directory, attribute }, context: { parts } }) => {
    directoryIdOf(parts.engine, directory)
    const removed = await parts.engine.administer('remove-lookup-index', { directory, path: attribute })
    return view(parts.engine, directory, removed)
  }),
}
