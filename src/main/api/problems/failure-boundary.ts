import { randomUUID } from 'node:crypto'
import { ORPCError, ValidationError } from '@orpc/server'
import { failures } from '../../../contract/procedure.ts'
import { ScimError } from '../../../scim/error.ts'
import { Refusal } from '../../administration/refusal.ts'
import { StoreError } from '../../store/store-error.ts'
import { VaultError } from '../../vault/vault.ts'
import type { ApiParts } from '../api-context.ts'
import { NotFound } from './not-found.ts'
import { plainIssue } from './plain-issue.ts'

/** Whether an error is of those that the contract names, or says that the input is wrong. */
function isDeclared({ code }: ORPCError<string, unknown>): boolean {
  return code === 'BAD_REQUEST' || Object.hasOwn(failures, code)
}

/** The same failure, with a sentence for a person of each issue of the input. */
function inPlainWords(error: ORPCError<string, unknown>): ORPCError<string, unknown> {
  const { cause, message } = error
  if (error.code !== 'BAD_REQUEST' || !(cause instanceof ValidationError)) return error
  return new ORPCError('BAD_REQUEST', { message, data: { issues: cause.issues.map(plainIssue) }, cause })
}

/** What a caller is told of a failure. Anything that is no expected outcome is logged once, and leaves the engine as an id. */
export function toldFailure(parts: Pick<ApiParts, 'onBug'>, error: unknown): ORPCError<string, unknown> {
  if (error instanceof ORPCError && isDeclared(error)) return inPlainWords(error)
  if (error instanceof NotFound) return new ORPCError('NOT_FOUND', { status: 404, message: error.message })
  if (error instanceof Refusal)
    return new ORPCError('REFUSED', {
      status: 409,
      message: error.message,
      data: { reason: error.reason, fields: error.fields.map((each) => ({ ...each })) },
    })
  if (error instanceof ScimError)
    return new ORPCError('REFUSED', { status: 409, message: error.detail, data: { reason: 'other', fields: [] } })
  if (error instanceof StoreError || error instanceof VaultError)
    return new ORPCError('UNAVAILABLE', { status: 503, message: error.message })
  const id = randomUUID()
  parts.onBug(id, error)
  return new ORPCError('UNEXPECTED', {
    status: 500,
    message: `Rollcall failed to do that. The log of the server has the reason under ${id}.`,
    data: { id },
  })
}
