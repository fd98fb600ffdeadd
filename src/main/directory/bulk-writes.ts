import { bulkResponseBody, parseBulkRequest, type BulkLimits, type BulkOperation, type BulkResult } from '../../scim/bulk.ts'
import { orderBulk, resolveBulkId, resolveBulkIds } from '../../scim/bulk-reference.ts'
import { conflict, errorBody, ScimError } from '../../scim/error.ts'
import { parseProjection } from '../../scim/projection.ts'
import type { ResourceName } from '../store/resource-kind.ts'
import type { Transactions } from '../store/transactions.ts'
import type { Answer } from './answer.ts'
import { executeWrite } from './execute-write.ts'
import { locationOf } from './represent.ts'
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
  })
}

function succeeded(operation: BulkOperation, answer: Answer): BulkResult {
  return {
    method: operation.method,
    bulkId: operation.bulkId,
    version: answer.etag,
    location: answer.location,
    status: answer.status,
  }
}

function failed(operation: { readonly method: string; readonly bulkId: string | undefined }, error: ScimError, location?: string): BulkResult {
  return {
    method: operation.method,
    bulkId: operation.bulkId,
    location,
    status: error.status,
    response: JSON.stringify(errorBody(error)),
  }
}

/**
 * RFC 7644 §3.7: each operation stands for itself; after `failOnErrors` failures the rest is not tried. Results come in the request's order.
 * Throws `ScimError` for a malformed envelope and past the limit of operations.
 */
export function executeBulk(scope: WriteScope, body: unknown, transactions: Transactions, limits: BulkLimits): Answer {
  const request = parseBulkRequest(body, limits, scope.notes)
  const results = new Map<number, BulkResult>()
  const resolved = new Map<string, string>()
  const most = request.failOnErrors ?? Number.POSITIVE_INFINITY
  let failures = 0
  const { ordered, circular } = orderBulk(request.operations.filter((each) => each.kind === 'valid'))
  const refused = [
    ...request.operations.filter((each) => each.kind === 'invalid'),
    ...circular.map((each) => ({
      ...each,
      error: conflict('The operation refers to others that in turn refer to it.'),
    })),
  ].toSorted((one, other) => one.index - other.index)

  /** Refused operations take their turn, so that `failOnErrors` counts them where they stand. */
  function refuseBefore(index: number): void {
    for (let next = refused[0]; next && next.index < index && failures < most; next = refused[0]) {
      results.set(next.index, failed(next, next.error))
      failures += 1
      refused.shift()
    }
  }

  for (const operation of ordered) {
    refuseBefore(operation.index)
    if (failures >= most) break
    transactions.savepoint()
    try {
      const answer = executeOperation(scope, operation, resolved)
      transactions.release()
      results.set(operation.index, succeeded(operation, answer))
      if (operation.bulkId !== undefined && answer.resourceId !== undefined)
        resolved.set(operation.bulkId, answer.resourceId)
    } catch (error) {
      if (!(error instanceof ScimError)) throw error
      transactions.undo()
      failures += 1
      const location =
        operation.id === undefined ? undefined : locationOf(scope.base, resources[operation.endpoint], operation.id)
      results.set(operation.index, failed(operation, error, location))
    }
  }
  refuseBefore(Number.POSITIVE_INFINITY)
  const inOrder = [...results].toSorted(([one], [other]) => one - other).map(([, result]) => result)
  return { status: 200, body: bulkResponseBody(inOrder) }
}
