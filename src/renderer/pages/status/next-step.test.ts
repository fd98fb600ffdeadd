import { expect, test } from 'vitest'
import type { IntegrationStatus } from '../../../contract/provisioning.ts'
import { nextStepOf } from './next-step.ts'

test.each([
  ['token', '/integrations/entra/tokens'],
  ['address', '/integrations/entra/setup/portal'],
  ['administrator', '/integrations/entra/policy'],
] as const)('requests that are refused for the %s lead to where that is put right', (remedy, href) => {
  const refusals = { count: 2, because: '', remedy, since: 0, lastAt: 0, request: 1 }
  const status: Pick<IntegrationStatus, 'slug' | 'state' | 'refusals' | 'failing'> = {
    slug: 'entra',
    state: 'degraded',
    refusals,
    failing: 0,
  }
  expect(nextStepOf(status)?.href).toBe(href)
})

test('an integration that is degraded though nobody fails does not lead to who fails', () => {
  const status = { slug: 'entra', state: 'degraded', refusals: null } as const
  expect(nextStepOf({ ...status, failing: 0 })?.label).toBe('See its cycles')
  expect(nextStepOf({ ...status, failing: 1 })?.label).toBe('See who fails')
})
