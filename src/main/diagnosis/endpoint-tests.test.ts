import { expect, test } from 'vitest'
import { Secret } from '../secret.ts'
import { createEndpointTests, type EndpointTests } from './endpoint-tests.ts'
import { startFaultyEndpoint, type SeenRequest } from './faulty-endpoint.fixture.ts'

const nowhere = 'http://127.0.0.1:1'

function beginCheck(url: string): EndpointTests {
  const tests = createEndpointTests({ clock: Date.now, version: '1.2.3', closingMs: 1 })
  tests.begin({ url, token: new Secret('rc_any'), test: { kind: 'check' } })
  return tests
}

test('the end of the server does not wait for an endpoint that does not answer', async () => {
  const asked = Promise.withResolvers<void>()
  const { url } = await startFaultyEndpoint(nowhere, () => {
    asked.resolve()
    return 'silence'
  })
  const tests = beginCheck(url)
  await asked.promise
  await tests.close()
  expect(tests.run()?.end).toEqual({ kind: 'unusable', problem: 'It was not waited for any longer.' })
})

test('nor for one that asks to wait before something is removed, which is named', async () => {
  const removing = Promise.withResolvers<void>()
  function answer({ method, body }: SeenRequest) {
    if (method === 'DELETE') {
      removing.resolve()
      return { status: 429, headers: { 'retry-after': '60' } }
    }
    if (method === 'POST') tests.cancel()
    return { status: method === 'POST' ? 201 : 200, text: JSON.stringify({ ...body, id: 'made' }) }
  }
  const { url } = await startFaultyEndpoint(nowhere, answer)
  const tests = beginCheck(url)
  await removing.promise
  await tests.close()
  expect(tests.run()?.end).toEqual({ kind: 'done' })
  expect(tests.finished()[0]?.result.leftBehind).toMatchObject([
    { id: 'made', name: expect.stringMatching(/^rollcall-check-/) },
  ])
})
