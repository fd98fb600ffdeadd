import { expect, test } from 'vitest'
import { startEngine } from './running-engine.fixture.ts'

test('serves', async () => {
  const { scim } = await startEngine()
  expect((await scim.get('/Users')).status).toBe(200)
})
