import { expect, onTestFinished, test } from 'vitest'
import { openRawConnection } from '../../../../test/fuzz/raw-connection.ts'
import { user } from '../../../../test/people.ts'
import { startEngine, type RunningEngine } from '../../running-engine.fixture.ts'

const limits = { bodyBytes: 10_000 }

/** Sends a POST with these framing headers and this body and reads the answer. */
async function post({ port, token }: RunningEngine, framing: string, body: string) {
  const connection = openRawConnection(port)
  onTestFinished(() => connection.close())
  connection.write(
    `POST /scim/v2/Users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/scim+json\r\n${framing}\r\n\r\n${body}`,
  )
  return connection.answer(5000)
}

const asLong = (length: number) => JSON.stringify(user({ title: 'x'.repeat(length) }))
const chunked = (text: string) =>
  `${(text.match(/[^]{1,1000}/g) ?? []).map((part) => `${part.length.toString(16)}\r\n${part}\r\n`).join('')}0\r\n\r\n`

const refused = { status: 413, body: expect.stringContaining('10000 bytes') }

test('a body whose announced length is beyond the limit gets 413 before it is read', async () => {
  const running = await startEngine({ limits })
  expect(await post(running, 'Content-Length: 20000', '{')).toMatchObject(refused)
})

test('a chunked body beyond the limit gets 413, and the limit is the same', async () => {
  const running = await startEngine({ limits })
  expect(await post(running, 'Transfer-Encoding: chunked', chunked(asLong(20_000)))).toMatchObject(refused)
  expect(await post(running, 'Transfer-Encoding: chunked', chunked(asLong(9000)))).toMatchObject({ status: 201 })
  expect((await running.scim.get('/Users')).at('/totalResults')).toBe(1)
})

test('the sender of a body that is refused can send all of it and reads the answer', async () => {
  const { scim } = await startEngine({ limits })
  expect((await scim.post('/Users', asLong(2_000_000))).status).toBe(413)
  expect((await scim.post('/Users', user())).status).toBe(201)
})

test('a body without a token is not read at all', async () => {
  const { as } = await startEngine({ limits })
  expect((await as('wrong').post('/Users', asLong(20_000))).status).toBe(401)
})
