import {
  bulkResponseBody,
  parseBulkRequest,
  type BulkLimits,
  type BulkOperation,
  type BulkResult,
  type InvalidBulkOperation,
} from '../../../scim/bulk/bulk.ts'
import { orderBulk } from '../../../scim/bulk/bulk-order.ts'
import { bulkReferences, resolveBulkId, resolveBulkIds, withoutReferences } from '../../../scim/bulk/bulk-reference.ts'
import { conflict, errorBody, ScimError } from '../../../scim/error.ts'
import { createNotes, shown } from '../../../scim/note.ts'
import { parseProjection } from '../../../scim/query/projection.ts'
import type { ResourceName } from '../../store/resources/resource-kind.ts'
import type { Transactions } from '../../store/transactions.ts'
import type { Answer } from '../read/answer.ts'
import { executeWrite } from './execute-write.ts'
import { locationOf } from '../read/represent.ts'
import { withoutChanges } from './undone-notes.ts'
import type { WriteScope } from './write-scope.ts'

const resources: { readonly [endpoint in BulkOperation['endpoint']]: ResourceName } = {
  '/Users': 'User',
  '/Groups': 'Group',
}

function executeOperation(scope: WriteScope, operation: BulkOperation, resolved: ReadonlyMap<string, string>): Answer {
  const resource = resources[operation.endpoint]
  return executeWrite(scope, {
    method: operation.method,
    resource,
    id: operation.id === undefined ? undefined : resolveBulkId(operation.id, resolved),
    body: operation.data && resolveBulkIds(operation.data, resolved),
    ifMatch: operation.version,
    projection: parseProjection(resource === 'User' ? scope.models.user : scope.models.group, {}, scope.notes),
    wantsBody: false,
    // The answer to a bulk request holds no resource.
    mostMembers: 0,
  })
}

function succeeded(
  scope: WriteScope,
  operation: BulkOperation,
  answer: Answer,
  resolved: ReadonlyMap<string, string>,
): BulkResult {
  const id = operation.id === undefined ? undefined : resolveBulkId(operation.id, resolved)
  const resource = resources[operation.endpoint]
  return {
    method: operation.method,
    bulkId: operation.bulkId,
    version: answer.etag,
    // A deletion has none of its own, and RFC 7644 §3.7 wants one of every success.
    location: answer.location ?? (id === undefined ? undefined : locationOf(scope.base, resource, id)),
    status: answer.status,
  }
}

/** Where an operation that failed was to go to; what it named is anybody's text. */
function targetOf(
  scope: WriteScope,
  { endpoint, id }: Pick<InvalidBulkOperation, 'endpoint' | 'id'>,
  resolved: ReadonlyMap<string, string>,
): string | undefined {
  if (endpoint === undefined || id === undefined) return undefined
  const [referred] = bulkReferences(id)
  const known = referred === undefined ? undefined : resolved.get(referred)
  return locationOf(scope.base, resources[endpoint], known ?? encodeURIComponent(id.toWellFormed()))
}

function failed(
  scope: WriteScope,
  operation: Pick<InvalidBulkOperation, 'method' | 'bulkId' | 'endpoint' | 'id'>,
  error: ScimError,
  resolved: ReadonlyMap<string, string>,
): BulkResult {
  const { method, bulkId } = operation
  return {
    method,
    bulkId,
    // RFC 7644 §3.7: required, save of a POST that failed.
    location: targetOf(scope, operation, resolved),
    status: error.status,
    response: JSON.stringify(errorBody(error)),
  }
}

type Told = Pick<BulkOperation | InvalidBulkOperation, 'index' | 'method'>

/** How far a bulk request has come. */
interface Progress {
  readonly results: Map<number, BulkResult>
  /** bulkId → the id of what was created for it. */
  readonly resolved: Map<string, string>
  failures: number
}

/** So many operations that failed are told of in the trace; the answer names all. */
const mostTold = 20

/** Counts a failed operation, and tells of it. */
function count(progress: Progress, { notes }: WriteScope, operation: Told, { status, detail }: ScimError): void {
  progress.failures += 1
  if (progress.failures > mostTold) return
  const { index, method } = operation
  const [path, expected] = [method.slice(0, 20), String(status)]
  notes.add({ step: 'rule', code: 'operation-refused', path, expected, seen: shown(detail), count: index + 1 })
}

function fail(progress: Progress, scope: WriteScope, operation: BulkOperation, error: ScimError): void {
  count(progress, scope, operation, error)
  progress.results.set(operation.index, failed(scope, operation, error, progress.resolved))
}

/** Runs `action` in a savepoint and with notes of its own; returns the `ScimError` that undid it. */
function guarded(
  outer: WriteScope,
  transactions: Transactions,
  action: (scope: WriteScope) => void,
): ScimError | undefined {
  const notes = createNotes(outer.notes.strict)
  transactions.savepoint()
  try {
    action({ ...outer, notes })
  } catch (error) {
    // Whatever it was, this savepoint has to go: the request's own lies below it under the same name.
    if (transactions.isOpen()) transactions.undo()
    if (!(error instanceof ScimError)) throw error
    for (const note of withoutChanges(notes.list)) outer.notes.add(note)
    return error
  }
  transactions.release()
  for (const note of notes.list) outer.notes.add(note)
  return undefined
}

function run(progress: Progress, scope: WriteScope, transactions: Transactions, operation: BulkOperation): void {
  const error = guarded(scope, transactions, (own) => {
    const answer = executeOperation(own, operation, progress.resolved)
    progress.results.set(operation.index, succeeded(own, operation, answer, progress.resolved))
    // Only what is created has a bulkId to be referred to by: another operation under the same one must not take its place.
    if (operation.method === 'POST' && operation.bulkId !== undefined && answer.resourceId !== undefined)
      progress.resolved.set(operation.bulkId, answer.resourceId)
  })
  if (error) fail(progress, scope, operation, error)
}

/**
 * RFC 7644 §3.7.1: resources that refer to each other are created without the references and then given them, all or none.
 * What cannot be joined, such as groups that would contain themselves, is answered with 409; what cannot be created, with its own error.
 */
function runCircular(
  progress: Progress,
  scope: WriteScope,
  transactions: Transactions,
  operations: readonly BulkOperation[],
): void {
  const created = new Map<BulkOperation, string | undefined>()
  let atFault: BulkOperation | undefined
  const error = guarded(scope, transactions, (own) => {
    for (const operation of operations) {
      atFault = operation
      const bare = { ...operation, data: operation.data && withoutReferences(operation.data) }
      const { resourceId } = executeOperation(own, bare, progress.resolved)
      created.set(operation, resourceId)
      if (operation.bulkId !== undefined && resourceId !== undefined)
        progress.resolved.set(operation.bulkId, resourceId)
    }
    atFault = undefined
    // To be given its references is part of being created.
    const joining = { ...own, policy: { ...own.policy, update: true } }
    for (const [operation, id] of created) {
      const joined = executeOperation(joining, { ...operation, method: 'PUT', id }, progress.resolved)
      progress.results.set(operation.index, { ...succeeded(own, operation, joined, progress.resolved), status: 201 })
    }
  })
  if (!error) return
  for (const operation of operations) {
    if (operation.bulkId !== undefined) progress.resolved.delete(operation.bulkId)
    const isOwn = operation === atFault
    const refused = isOwn ? error : conflict(`The operation refers to others that refer to it: ${error.detail}`)
    fail(progress, scope, operation, refused)
  }
}

/**
 * RFC 7644 §3.7: each operation stands for itself; after `failOnErrors` failures the rest is not tried. Results come in the request's order.
 * Throws `ScimError` for a malformed envelope and past the limit of operations.
 */
export function executeBulk(scope: WriteScope, body: unknown, transactions: Transactions, limits: BulkLimits): Answer {
  const request = parseBulkRequest(body, limits, scope.notes)
  const progress: Progress = { results: new Map(), resolved: new Map(), failures: 0 }
  const most = request.failOnErrors ?? Number.POSITIVE_INFINITY
  const steps = orderBulk(request.operations.filter((each) => each.kind === 'valid'))
  const invalid = request.operations.filter((each) => each.kind === 'invalid')

  /** Invalid operations take their turn, so that `failOnErrors` counts them where they stand. */
  function refuseBefore(index: number): void {
    for (let next = invalid[0]; next && next.index < index && progress.failures < most; next = invalid[0]) {
      progress.results.set(next.index, failed(scope, next, next.error, progress.resolved))
      count(progress, scope, next, next.error)
      invalid.shift()
    }
  }

  for (const { operations, isCircular } of steps) {
    const [first] = operations
    if (first === undefined) continue
    refuseBefore(first.index)
    if (progress.failures >= most) break
    if (isCircular) runCircular(progress, scope, transactions, operations)
    else run(progress, scope, transactions, first)
  }
  refuseBefore(Number.POSITIVE_INFINITY)
  const inOrder = [...progress.results].toSorted(([one], [other]) => one - other).map(([, result]) => result)
  return { status: 200, body: bulkResponseBody(inOrder) }
}
