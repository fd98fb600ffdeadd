import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import type { JournalEntry } from '../../main/journal/journal-entry.ts'
import { requestLine } from './request-line.ts'

const entry: JournalEntry = {
  id: 7,
  at: new Date(2026, 2, 4, 14, 3, 22).getTime(),
  durationMicros: 3100,
  status: 200,
  method: 'GET',
  target: '/scim/okta/v2/Users?filter=userName+eq+%22ana%22',
  endpoint: 'Users',
  resourceId: undefined,
  integrationId: 1,
  integrationSlug: 'okta',
  classification: 'user match lookup',
  matched: 1,
  idp: undefined,
  certainty: undefined,
  requestId: 'r7',
  remoteAddress: '203.0.113.7',
  requestBytes: 0,
  responseBytes: 100,
  lost: undefined,
  subject: 'ana',
  isPinned: false,
  isRedacted: false,
  requestBodyState: 'whole',
  responseBodyState: 'whole',
}

const lineOf = (changed: Partial<JournalEntry>) =>
  stripVTControlCharacters(requestLine({ ...entry, ...changed })).split(/ {2,}/)

test('a request is a line', () => {
  expect(lineOf({})).toEqual([
    '',
    '7',
    '2026-03-04 14:03:22',
    '200',
    'GET',
    '3.1 ms',
    'okta',
    'user match lookup ana',
    '/scim/okta/v2/Users?filter=userName+eq+%22ana%22',
  ])
})

test('an address that is longer than a screen is cut', () => {
  const target = lineOf({ target: `/scim/okta/v2/Users?filter=${'x'.repeat(5000)}` }).at(-1)
  expect(target).toMatch(/^\/scim\/okta\/v2\/Users\?filter=x+…$/)
  expect(target).toHaveLength(160)
})

test('what was not answered has neither status nor duration', () => {
  const line = lineOf({
    status: 0,
    method: '',
    target: '',
    durationMicros: 0,
    integrationSlug: undefined,
    classification: 'TLS failed (no request)',
    subject: undefined,
  })
  expect(line).toEqual(['', '7', '2026-03-04 14:03:22', '–', '–', '-', 'TLS failed (no request)', ''])
})

test('a gap says how many requests are missing', () => {
  expect(lineOf({ lost: 1 })).toEqual(['… 1 request was not recorded here'])
  expect(lineOf({ lost: 12 })).toEqual(['… 12 requests were not recorded here'])
})
