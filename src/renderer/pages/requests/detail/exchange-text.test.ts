import { expect, test } from 'vitest'
import type { RequestContent } from '../../../../contract/request-detail.ts'
import type { Request } from '../../../../contract/requests.ts'
import { exchangeText, reasonOf, summaryLine } from './exchange-text.ts'

const request: Request = {
  id: 1204,
  at: Date.UTC(2026, 2, 4, 14, 3, 22, 418),
  durationMicros: 3100,
  status: 409,
  method: 'POST',
  target: '/scim/entra-id/v2/Users',
  endpoint: 'Users',
  resourceId: null,
  integration: 'entra-id',
  classification: 'create user (conflict)',
  subject: 'ana\nexample',
  sender: 'Entra ID',
  idp: 'entra',
  certainty: 'likely',
  matched: null,
  requestId: 'l3k-4f',
  remoteAddress: '20.50.2.1',
  requestBytes: 1,
  responseBytes: 1,
  isRedacted: false,
  requestBodyState: 'whole',
  responseBodyState: 'whole',
  lost: null,
  isPinned: false,
}

const content: RequestContent = {
  requestHeaders: [{ name: 'Host', value: 'scim.example.com' }],
  requestBody: { text: '{"a":1}', characters: 7, isWhole: true },
  responseHeaders: [{ name: 'content-type', value: 'application/scim+json' }],
  responseBody: null,
  trace: [
    { step: 'authenticate', code: 'token-accepted', sentence: 'The token was accepted.', kind: 'ok' },
    { step: 'rule', code: 'uniqueness-refused', sentence: 'Another record has it.', kind: 'failed' },
    { step: 'status', code: 'answered', sentence: 'The answer was 409.', kind: 'failed' },
  ],
  senderBecause: null,
}

test('sums an exchange up in one line', () => {
  expect(summaryLine(request, reasonOf(content))).toBe(
    '2026-03-04T14:03:22.418Z POST /scim/entra-id/v2/Users → 409 in 3.1 ms · Create user ana example (conflict) · Entra ID (likely), integration entra-id · X-Request-Id l3k-4f · Rollcall request 1204 · Another record has it.',
  )
  expect(summaryLine({ ...request, integration: null, sender: null }, undefined)).toContain(' · not let in · ')
})

test('writes the exchange down as it went over the wire', () => {
  expect(exchangeText(request, content, { request: '{"a":1}', response: undefined })).toBe(
    'POST /scim/entra-id/v2/Users HTTP/1.1\nHost: scim.example.com\n\n{"a":1}\n\nHTTP/1.1 409\ncontent-type: application/scim+json\n',
  )
})

test('says where there was no request, and where there was no answer', () => {
  const broken = { ...request, method: '', target: '', status: 0, integration: null, remoteAddress: '20.50.2.1' }
  const empty = { ...content, requestHeaders: [], responseHeaders: [] }
  expect(summaryLine(broken, undefined)).toMatch(/^2026-03-04T14:03:22\.418Z from 20\.50\.2\.1 → no answer · /)
  expect(exchangeText(broken, empty, { request: undefined, response: undefined })).toBe(
    '(no request that could be read)\n\n(no answer)\n',
  )
})
