import { loadDirectoryConfig } from '../directory/directory-config.ts'
import { placeText } from '../directory/read/place-text.ts'
import type { StoreReads } from '../store/store-reads.ts'
import { indexPlaceOf } from './lookup-indexes.ts'

/** What the integrations of a directory match by, as far as there can be an index of it, in the words of `placeText`. */
export function matchedPlaces(reads: StoreReads, directoryId: number): ReadonlySet<string> {
  const { integrations, models } = loadDirectoryConfig(reads)
  const model = models.get(directoryId)?.user
  const paths = [...integrations.values()]
    .filter((each) => each.directoryId === directoryId)
    .map(({ policy }) => policy.matchingAttribute)
  return new Set(
    paths.flatMap((path) => {
      const place = model && indexPlaceOf(model, path)
      return place ? [placeText(place)] : []
    }),
  )
}
