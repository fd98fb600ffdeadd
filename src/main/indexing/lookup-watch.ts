import type { Administer } from '../administration/administer.ts'
import { directoryToName } from '../directory/directory-to-name.ts'
import { placeText } from '../directory/read/place-text.ts'
import type { LookupPlace } from '../store/configuration/lookup-indexes.ts'
import type { StoreReads } from '../store/store-reads.ts'

/** After so many lookups within so long, in ms, an index is made: a person who tries something asks less, an identity provider more. */
export const lookupsBefore = 20
const withinMs = 60 * 60 * 1000

/** So many attributes are counted at once. */
const mostCounted = 100

interface Parts {
  readonly reads: StoreReads
  readonly administer: Administer
  /** Ms since the epoch. */
  readonly clock: () => number
  /** One line for the operator. */
  readonly onTrouble: (message: string) => void
}

/** Sees which attributes users are looked up by for which all of them have to be looked at. */
export interface LookupWatch {
  /** Such a lookup, that found few or nobody. Never throws. */
  note(directoryId: number, place: LookupPlace): void
}

/** Has an index made once there were enough. What was counted is forgotten with the process. */
export function createLookupWatch({ reads, administer, clock, onTrouble }: Parts): LookupWatch {
  const counts = new Map<string, { since: number; count: number }>()
  /** The directories of which the operator knows that no more indexes are made there. */
  const full = new Set<number>()

  async function learn(directoryId: number, place: LookupPlace): Promise<void> {
    try {
      if (reads.lookupIndexes.at(directoryId, place)) return
      const learned = await administer('learn-lookup-index', { directoryId, place })
      if (learned === 'known') return
      const slug = directoryToName(reads, directoryId)
      const option = slug === undefined ? '' : ` --directory ${slug}`
      const seen = `Users are looked up by ${placeText(place)}, for which all of them had to be looked at ${lookupsBefore} times.`
      if (learned === 'made') {
        full.delete(directoryId)
        onTrouble(`${seen} An index of it is being made; see: rollcall indexes list${option}`)
      } else if (!full.has(directoryId)) {
        full.add(directoryId)
        onTrouble(
          `${seen} No index of it is made by itself beside the others that were. Make it with: rollcall indexes add ${placeText(place)}${option}`,
        )
      }
    } catch (error) {
      onTrouble(
        `No index could be made of ${placeText(place)}: ${error instanceof Error ? error.message : String(error)}`,
      )
    }
  }

  return {
    note(directoryId, place) {
      const key = `${directoryId} ${placeText(place)}`
      const now = clock()
      const known = counts.get(key)
      const counted = known && now - known.since < withinMs ? known : { since: now, count: 0 }
      counted.count += 1
      counts.set(key, counted)
      if (counts.size > mostCounted) counts.delete(counts.keys().next().value ?? '')
      if (counted.count < lookupsBefore) return
      counts.delete(key)
      void learn(directoryId, place)
    },
  }
}
