import { performance } from 'node:perf_hooks'
import { parsePatchPath, type PatchPath } from '../../scim/path/parse-patch-path.ts'
import { isJsonObject, jsonIn, type JsonObject } from '../../scim/json/json.ts'
import type { ResourceModel } from '../../scim/model/resource-model.ts'
import { ScimError } from '../../scim/error.ts'
import { mayLearnIndex } from '../directory/read/learned-indexes.ts'
import { lookupKeysOf } from '../directory/write/lookup-keys.ts'
import { placeText } from '../directory/read/place-text.ts'
import { type BatchLimits, createBatchBudget } from '../jobs/batch-budget.ts'
import { lookupPlaceOf } from '../store/filter/filter-lookup-index.ts'
import type {
  IndexedUser,
  LookupIndexOrigin,
  LookupIndexRow,
  LookupPlace,
} from '../store/configuration/lookup-indexes.ts'
import { type AdministrationScope, directoryIdOf, writeScopeOf } from './administration-scope.ts'
import { Refusal } from './refusal.ts'

function pathIn(model: ResourceModel, text: string): PatchPath | undefined {
  try {
    return parsePatchPath(model, text)
  } catch (error) {
    if (error instanceof ScimError) return undefined
    throw error
  }
}

/** What an index of a path is made of; undefined for what is no path, and for one that there can be no index of. */
export function indexPlaceOf(model: ResourceModel, text: string): LookupPlace | undefined {
  const path = pathIn(model, text)
  if (path?.kind !== 'attribute') return undefined
  const { schema, attribute } = path
  // As in a filter, a complex attribute alone is its value.
  const value = attribute.type === 'complex' ? attribute.subAttributes?.find(({ name }) => name === 'value') : undefined
  return lookupPlaceOf({ schema, attribute, sub: path.sub ?? value }, model)
}

/** Throws `Refusal` for what is no path, or one that there can be no index of. */
function requirePlace(model: ResourceModel, text: string): LookupPlace {
  const place = indexPlaceOf(model, text)
  if (place) return place
  throw new Refusal(
    `There can be no index of "${text}". It takes an attribute of users that holds text or numbers, such as nickName, phoneNumbers.value or urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber; by userName, displayName, externalId and e-mail address users are found at once without.`,
  )
}

/** Makes an index of an attribute, which is built by and by. Throws `Refusal` where there can be none. */
export function addLookupIndex(
  scope: AdministrationScope,
  input: { readonly directory: string; readonly path: string },
): LookupIndexRow {
  const directoryId = directoryIdOf(scope, input.directory)
  const place = requirePlace(writeScopeOf(scope, directoryId).models.user, input.path)
  const { lookupIndexes } = scope.store
  const known = lookupIndexes.at(directoryId, place)
  if (known?.state === 'dropping')
    throw new Refusal(`The index of ${placeText(place)} is still being removed. Try again in a moment.`)
  if (known && known.state !== 'declined') {
    lookupIndexes.setOrigin(known.id, 'admin')
    return { ...known, origin: 'admin' }
  }
  if (known) lookupIndexes.remove(known.id)
  return inserted(scope, directoryId, place, 'admin')
}

function inserted(
  { store, now }: AdministrationScope,
  directoryId: number,
  place: LookupPlace,
  origin: LookupIndexOrigin,
): LookupIndexRow {
  const { extension, attribute, sub_attribute } = place
  store.lookupIndexes.insert({
    directory_id: directoryId,
    extension,
    attribute,
    sub_attribute,
    origin,
    created_at: now,
  })
  const row = store.lookupIndexes.at(directoryId, place)
  if (!row) throw new Error(`the index of ${placeText(place)} is not there`)
  return row
}

/** Makes an index of what an integration matches by, where there can be one; one that the admin has removed stays away. */
export function indexMatchingAttribute(scope: AdministrationScope, directoryId: number, path: string): void {
  const place = indexPlaceOf(writeScopeOf(scope, directoryId).models.user, path)
  if (place && !scope.store.lookupIndexes.at(directoryId, place))
    inserted(scope, directoryId, place, 'matching-attribute')
}

/** The same for what every integration matches by. Tells of which an index was begun. */
export function indexMatchingAttributes(scope: AdministrationScope): readonly LookupIndexRow[] {
  const { lookupIndexes } = scope.store
  const known = new Set(lookupIndexes.unfinished().map(({ id }) => id))
  for (const { directoryId, policy } of scope.config.integrations.values())
    indexMatchingAttribute(scope, directoryId, policy.matchingAttribute)
  return lookupIndexes.unfinished().filter(({ id }) => !known.has(id))
}

/** Makes an index of what users are looked up by: `known` where there is one or the admin has removed it, `many` where there are many already. */
export function learnLookupIndex(
  scope: AdministrationScope,
  input: { readonly directoryId: number; readonly place: LookupPlace },
): 'made' | 'known' | 'many' {
  const { directoryId, place } = input
  const { lookupIndexes } = scope.store
  // A custom attribute may have been removed since it was looked up.
  if (!indexPlaceOf(writeScopeOf(scope, directoryId).models.user, placeText(place))) return 'known'
  if (lookupIndexes.at(directoryId, place)) return 'known'
  if (!mayLearnIndex(lookupIndexes.ofDirectory(directoryId))) return 'many'
  inserted(scope, directoryId, place, 'lookups')
  return 'made'
}

/** Takes an index away, and remembers that it was not wanted. No lookup uses it from now on; what is in it goes by and by. */
export function removeLookupIndex(
  scope: AdministrationScope,
  input: { readonly directory: string; readonly path: string },
): LookupIndexRow {
  const directoryId = directoryIdOf(scope, input.directory)
  const place = requirePlace(writeScopeOf(scope, directoryId).models.user, input.path)
  const known = scope.store.lookupIndexes.at(directoryId, place)
  if (!known || known.state === 'declined')
    throw new Refusal(`There is no index of ${placeText(place)}. See "rollcall indexes list".`)
  scope.store.lookupIndexes.drop(known.id, true)
  return { ...known, state: 'dropping' }
}

/** Takes the indexes of an attribute away that leaves the schema. */
export function dropIndexesOf(
  { store }: AdministrationScope,
  directoryId: number,
  { urn, name }: { readonly urn: string; readonly name: string },
): void {
  for (const { id, state, extension, attribute } of store.lookupIndexes.ofDirectory(directoryId)) {
    if (extension.toLowerCase() !== urn.toLowerCase() || attribute.toLowerCase() !== name.toLowerCase()) continue
    if (state === 'declined') store.lookupIndexes.remove(id)
    else store.lookupIndexes.drop(id, false)
  }
}

/** What the next batch of an index is to do. */
export interface IndexBatch {
  readonly id: number
  /** How far the index was when it was looked at last. Where another process has gone on meanwhile, nothing is done. */
  readonly afterSeq: number
  readonly items: number
  readonly limits: BatchLimits
}

/** How an index stands after a batch; `index` is undefined once it is forgotten. */
export interface IndexStanding {
  readonly index: LookupIndexRow | undefined
  readonly processed: number
  readonly wasAwaited: boolean
  /** The userName of the next user, whose stored document cannot be read: the index gets no further. */
  readonly heldUpBy: string | undefined
}

/** Goes on with an index that is being built or dropped, by a batch. How far it has come is noted in the same transaction. */
export function advanceLookupIndex(scope: AdministrationScope, batch: IndexBatch): IndexStanding {
  const { lookupIndexes } = scope.store
  const index = lookupIndexes.byId(batch.id)
  const done =
    index?.state === 'building' && index.after_seq === batch.afterSeq
      ? buildOn(scope, index, batch)
      : { processed: index?.state === 'dropping' ? clearOn(scope, index, batch) : 0, heldUpBy: undefined }
  return { ...done, index: lookupIndexes.byId(batch.id), wasAwaited: scope.isAwaited() }
}

/** What an index is made of; undefined for what cannot be read, of which nobody knows what it holds. */
function resourceOf({ doc }: IndexedUser): JsonObject | undefined {
  const resource = jsonIn(doc)
  return isJsonObject(resource) ? resource : undefined
}

function buildOn(
  scope: AdministrationScope,
  index: LookupIndexRow,
  { items, limits }: IndexBatch,
): Pick<IndexStanding, 'processed' | 'heldUpBy'> {
  const { lookupIndexes } = scope.store
  const budget = createBatchBudget(limits, scope.isAwaited, () => performance.now())
  const seqs = lookupIndexes.usersAfter(index.after_seq, items)
  let processed = 0
  let heldUpBy: string | undefined
  for (const seq of seqs) {
    if (budget.isSpent(processed)) break
    const user = lookupIndexes.user(seq)
    if (user?.directory_id === index.directory_id) {
      const resource = resourceOf(user)
      if (!resource) {
        // Who is passed by is found by nobody any more, and made anew by an identity provider.
        heldUpBy = user.user_name
        break
      }
      // Whoever was changed since the index was begun stands in it already.
      lookupIndexes.update(index.id, seq, [], lookupKeysOf(index, resource))
    }
    processed += 1
  }
  const last = seqs[processed - 1]
  if (last !== undefined) lookupIndexes.advance(index.id, last)
  if (processed === seqs.length && seqs.length < items) lookupIndexes.setReady(index.id, scope.now)
  return { processed, heldUpBy }
}

function clearOn({ store }: AdministrationScope, index: LookupIndexRow, { items }: IndexBatch): number {
  const cleared = store.lookupIndexes.clear(index.id, items)
  if (cleared < items && index.is_declined === 1) store.lookupIndexes.decline(index.id)
  else if (cleared < items) store.lookupIndexes.remove(index.id)
  return cleared
}
