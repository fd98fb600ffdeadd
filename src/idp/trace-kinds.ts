import type { Note } from '../scim/note.ts'
import { traceSentences } from './trace-sentences.ts'

/** How a step went: as it should, worth a remark, or as the reason why the request failed. */
export type TraceKind = 'ok' | 'note' | 'failed'

const failures: ReadonlySet<string> = new Set([
  'token-missing',
  'not-bearer',
  'token-unknown',
  'token-jwt',
  'token-slip',
  'token-expired',
  'token-revoked',
  'bug',
  'other-integration',
  'declined',
  'operation-refused',
  'filter-attribute-unknown',
  'no-route',
  'scim-1',
  'not-read',
  'not-stored',
  'policy-refused',
  'protected-record',
  'record-archived',
  'strict-refused',
  'attribute-not-here',
  'uniqueness-refused',
  'here-already',
  'administrator-has-name',
  'required-removed',
  'address-required',
  'body-broken-off',
  'member-not-here',
  'group-in-itself',
  'limit-exceeded',
  'integration-paused',
  'integration-disabled',
  'administrator-inactive',
  'rate-limited',
  'wrong-tokens',
  'version-mismatch',
  'only-if-absent',
  'precondition-failed',
  'failed',
  'tls-on-plain-port',
  'plain-on-tls-port',
  'certificate-not-trusted',
  'tls-too-old',
  'tls-failed',
  'not-http',
  'proxy-protocol',
  'http-2',
  'header-broken',
  'length-broken',
  'target-broken',
  'behind-request',
  'method-unknown',
  'headers-too-large',
  'not-in-time',
  'expectation-refused',
  'host-missing',
  'host-repeated',
  'authorization-repeated',
])

const remarks: ReadonlySet<string> = new Set([
  'groups-off',
  'all-looked-at',
  'members-unknown',
  'members-kept',
  'member-archived',
  'manager-not-here',
  'external-id-repeated',
  'external-id-archived',
  'member-type-differs',
  'deactivated-instead',
  'active-kept',
  'adopted',
  'client-gone',
])

/** Every code that is no step of the usual way is a dialect that was accepted. */
export function traceKind({ code, count }: Pick<Note, 'code' | 'count'>): TraceKind {
  if (code === 'answered') return count !== undefined && count >= 400 ? 'failed' : 'ok'
  if (failures.has(code)) return 'failed'
  return remarks.has(code) || !Object.hasOwn(traceSentences, code) ? 'note' : 'ok'
}
