import { expect, test } from 'vitest'
import { provisioningWord } from './provisioning-badge.tsx'

test('nothing is called healthy while somebody fails', () => {
  expect(provisioningWord({ state: 'healthy', failing: 0 })).toMatchObject({ word: 'Healthy', meaning: 'ok' })
  expect(provisioningWord({ state: 'healthy', failing: 1 })).toMatchObject({ word: 'Some fail', meaning: 'attention' })
  expect(provisioningWord({ state: 'degraded', failing: 1 })).toMatchObject({ word: 'Degraded', meaning: 'failure' })
})
