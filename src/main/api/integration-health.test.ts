import { expect, test } from 'vitest'
import type { Integration } from '../../contract/integrations.ts'
import type { IntegrationTraffic } from '../../contract/overview.ts'
import { healthOf } from './integration-health.ts'

const now = 1_800_000_000_000
const minute = 60_000

const token = { prefix: 'rc_x', createdAt: now - 90 * minute, lastUsedAt: now, expiresAt: null, dueAt: now * 2 }

const integration: Integration = {
  slug: 'entra',
  name: 'Entra',
  idp: 'entra',
  idpName: 'Entra ID',
  directory: 'main',
  state: 'enabled',
  pausedAt: null,
  scimUrl: '',
  administrator: 'admin',
  administratorProblem: null,
  token,
  lastUsedAt: now,
  createdAt: now - 100 * minute,
}

const traffic: IntegrationTraffic = {
  lastRequestAt: now - minute,
  lastRequest: 'user match lookup',
  lastSuccessAt: now - minute,
  failedInARow: 0,
  failingSince: null,
  failingBecause: null,
  requests: 10,
  failures: 0,
  userChanges: 0,
  groupChanges: 0,
}

const unused = { ...token, lastUsedAt: null }
const refusals = { failedInARow: 3, failingSince: now - 5 * minute, lastRequestAt: now }

test.each([
  ['receiving', {}, {}],
  ['quiet', {}, { lastRequestAt: now - 11 * minute, lastSuccessAt: now - 11 * minute }],
  ['waiting', { token: unused }, { lastRequestAt: null, lastSuccessAt: null }],
  ['paused', { state: 'paused' as const }, refusals],
  ['disabled', { state: 'disabled' as const }, {}],
  ['blocked', { token: null }, refusals],
  ['blocked', { administratorProblem: 'gone' }, {}],
  ['refused', { token: unused }, { ...refusals, lastSuccessAt: null }],
  ['refused', { token: { ...token, lastUsedAt: now - 10 * minute } }, refusals],
  // An everyday conflict or two is no state.
  ['receiving', {}, { ...refusals, failedInARow: 2 }],
  ['failing', {}, { ...refusals, failedInARow: 5 }],
  // A token that is newer than the failures has not been tried.
  ['receiving', { token: { ...unused, createdAt: now + 1 } }, refusals],
])('%s', (health, changes, traffics) => {
  expect(healthOf({ ...integration, ...changes }, { ...traffic, ...traffics }, now, true)).toBe(health)
})

test('nothing arrives while the endpoint is stopped', () => {
  expect(healthOf(integration, traffic, now, false)).toBe('stopped')
})
