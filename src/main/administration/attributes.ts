import { performance } from 'node:perf_hooks'
import { checkCustomAttribute, mappingName, type CustomAttributeDraft } from '../../scim/model/custom-attribute.ts'
import { isJsonObject } from '../../scim/json/json.ts'
import { customAttributeOf } from '../directory/directory-config.ts'
import { updateUser, userResource } from '../directory/write/user-record.ts'
import { type BatchLimits, createBatchBudget } from '../jobs/batch-budget.ts'
import type { CustomAttributeRow } from '../store/configuration/custom-attributes.ts'
import { type AdministrationScope, directoryIdOf, writeScopeOf } from './administration-scope.ts'
import { dropIndexesOf } from './lookup-indexes.ts'
import { Refusal } from './refusal.ts'

/** Defines a custom attribute. Throws `Refusal` with what is wrong with it. */
export function addAttribute(
  scope: AdministrationScope,
  input: { readonly directory: string; readonly draft: CustomAttributeDraft },
): { readonly urn: string; readonly name: string; readonly type: string; readonly multiValued: boolean } {
  const directoryId = directoryIdOf(scope, input.directory)
  const rows = scope.store.customAttributes.ofDirectory(directoryId)
  const checked = checkCustomAttribute(input.draft, rows.map(customAttributeOf))
  if (!checked.ok) throw new Refusal(checked.problem)
  const { urn, name, type, multiValued } = checked.attribute
  scope.store.customAttributes.insert(
    { directory_id: directoryId, urn, name, type, multi_valued: multiValued ? 1 : 0 },
    scope.now,
  )
  return { urn, name, type, multiValued }
}

function findAttribute(
  scope: AdministrationScope,
  directoryId: number,
  name: string,
  urn: string | undefined,
): CustomAttributeRow {
  const found = scope.store.customAttributes
    .ofDirectory(directoryId)
    .filter((each) => each.name.toLowerCase() === name.toLowerCase())
    .filter((each) => urn === undefined || each.urn.toLowerCase() === urn.toLowerCase())
  const [first, second] = found
  if (!first) throw new Refusal(`There is no custom attribute "${name}". See "rollcall attributes list".`)
  if (second) throw new Refusal(`Several extensions have an attribute "${name}". Say which with --urn URN.`)
  return first
}

/**
 * Takes an attribute out of the schema. Its values go afterwards, batch by batch, with `removeAttributeValues`:
 * a command that stops half-way is continued by calling it again.
 */
export function beginAttributeRemoval(
  scope: AdministrationScope,
  input: { readonly directory: string; readonly name: string; readonly urn: string | undefined },
): { readonly id: number; readonly urn: string; readonly name: string } {
  const directoryId = directoryIdOf(scope, input.directory)
  const row = findAttribute(scope, directoryId, input.name, input.urn)
  if (row.removing === 0) scope.store.customAttributes.setRemoving(row.id)
  scope.store.drift.removeAttribute(directoryId, mappingName(row))
  dropIndexesOf(scope, directoryId, row)
  return { id: row.id, urn: row.urn, name: row.name }
}

/** How many users one short transaction changes at most, and how many it looks at. */
const batch = { limit: 250, look: 5000 }
/** However slow the machine: requests wait for no longer than this and a commit. */
const limits: BatchLimits = { budgetMs: 80, atLeast: 16 }

/** Removes the values of an attribute from the next users; the definition goes with the last of them. Archived users are included. */
export function removeAttributeValues(
  scope: AdministrationScope,
  input: { readonly directory: string; readonly id: number; readonly afterSeq: number },
): { readonly lastSeq: number | undefined; readonly changed: number } {
  const directoryId = directoryIdOf(scope, input.directory)
  const attribute = scope.store.customAttributes.ofDirectory(directoryId).find((each) => each.id === input.id)
  if (!attribute) return { lastSeq: undefined, changed: 0 }
  const write = writeScopeOf(scope, directoryId)
  const keys = [attribute.urn, attribute.name]
  const { seqs, lastSeq } = scope.store.rosters.withValue(directoryId, keys, input.afterSeq, batch)
  const budget = createBatchBudget(limits, scope.isAwaited, () => performance.now())
  for (const [index, seq] of seqs.entries()) {
    const before = seqs[index - 1]
    if (before !== undefined && budget.isSpent(index)) return { lastSeq: before, changed: index }
    const row = scope.store.users.bySeq(seq)
    if (!row) continue
    const resource = userResource(row, undefined)
    const extension = resource[attribute.urn]
    if (!isJsonObject(extension)) continue
    const { [attribute.name]: _removed, ...rest } = extension
    const { [attribute.urn]: _extension, ...others } = resource
    const schemas = Array.isArray(resource['schemas']) ? resource['schemas'] : []
    const isEmpty = Object.keys(rest).length === 0
    updateUser(
      write,
      row,
      isEmpty
        ? { ...others, schemas: schemas.filter((each) => each !== attribute.urn) }
        : { ...others, [attribute.urn]: rest },
      'patch',
    )
  }
  if (lastSeq === undefined) scope.store.customAttributes.remove(attribute.id)
  return { lastSeq, changed: seqs.length }
}
