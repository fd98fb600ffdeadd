import { expect, test } from 'vitest'
import { parseRequestFilter, formatRequestTerm } from '../../../../contract/request-filter.ts'
import type { Request } from '../../../../contract/requests.ts'
import { likenesses } from './like-terms.ts'

const request: Request = {
  id: 1,
  at: 0,
  durationMicros: 1,
  status: 200,
  method: 'PATCH',
  target: '/scim/entra-id/v2/Users/7?attributes=userName',
  endpoint: 'Users',
  resourceId: '7',
  integration: 'entra-id',
  classification: 'disable user (conflict)',
  subject: 'ana "A" Moss',
  sender: 'Entra ID',
  idp: 'entra',
  certainty: 'likely',
  matched: null,
  requestId: 'r1',
  remoteAddress: '20.50.2.1',
  requestBytes: 1,
  responseBytes: 1,
  isRedacted: false,
  requestBodyState: 'whole',
  responseBodyState: 'whole',
  lost: null,
  isPinned: false,
}

const terms = (changed: Partial<Request> = {}) =>
  likenesses({ ...request, ...changed }).map(({ term }) => formatRequestTerm({ ...term, isExcluded: false }))

test('tells in which ways others can be like a request', () => {
  expect(terms()).toEqual([
    'op:"disable user"',
    String.raw`user:"ana \"A\" Moss"`,
    'status:200',
    'method:PATCH',
    'path:/Users',
    'integration:entra-id',
    'idp:entra',
    'from:20.50.2.1',
  ])
})

test('leaves out what is not known of it, and whatever it says can be read', () => {
  const unknown = { subject: null, integration: null, sender: null, idp: null, remoteAddress: '', target: '/' }
  expect(terms(unknown)).toEqual(['op:"disable user"', 'status:200', 'method:PATCH'])
  expect(terms({ endpoint: 'Groups', subject: 'x'.repeat(301) })).not.toContain('group:x')
  for (const text of terms({ subject: '-<script> "\\' })) expect(parseRequestFilter(text)).toMatchObject({ ok: true })
})

test('of what was no request, and was not answered, there is neither method nor status to go by', () => {
  const broken = { method: '', target: '', status: 0, classification: 'certificate not trusted (no request)' }
  const unknown = { subject: null, integration: null, sender: null, idp: null, endpoint: null, resourceId: null }
  expect(terms({ ...broken, ...unknown })).toEqual(['op:"certificate not trusted"', 'from:20.50.2.1'])
})
