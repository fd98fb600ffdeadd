import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { eventually } from '../../../test/eventually.ts'
import { user } from '../../../test/people.ts'
import { startEngine } from '../running-engine.fixture.ts'
import { startReceiver } from './webhook/receiver.fixture.ts'

test('the endpoint answers while every receiver hangs', async () => {
  const { engine, scim } = await startEngine()
  const receivers = await Promise.all(Array.from({ length: 10 }, startReceiver))
  for (const [n, receiver] of receivers.entries()) {
    receiver.answer(() => undefined)
    await engine.notify.webhooks.add({
      name: `receiver ${n}`,
      url: receiver.url,
      rules: undefined,
      allowedHost: '127.0.0.1',
    })
  }
  await engine.notify.rules.announce({
    key: 'job:1',
    rule: 'job-finished',
    phase: 'happened',
    at: Date.now(),
    title: 'Job',
    lines: [],
    facts: {},
  })
  const asked = () => receivers.filter((receiver) => receiver.posts.length > 0).length
  await eventually(
    () => Promise.resolve(asked()),
    (count) => count === 8, // as many as are under way at the same time
    5000,
  )
  for (let n = 0; n < 100; n += 1) expect((await scim.post('/Users', user())).status).toBe(201)
  expect(asked()).toBe(8)
  expect(engine.notify.outbox.list('delivered', 10)).toEqual([])
})

test('what is under way when the server stops is no failed attempt', async () => {
  const { engine, endpoint, dataDir } = await startEngine()
  const receiver = await startReceiver()
  receiver.answer(() => undefined)
  await engine.notify.webhooks.add({ name: 'hangs', url: receiver.url, rules: undefined, allowedHost: '127.0.0.1' })
  await engine.notify.rules.announce({
    key: 'job:1',
    rule: 'job-finished',
    phase: 'happened',
    at: Date.now(),
    title: 'Job',
    lines: [],
    facts: {},
  })
  await eventually(
    () => Promise.resolve(receiver.posts.length),
    (count) => count === 1,
    5000,
  )
  await endpoint.close()
  await engine.close()
  const database = new Database(join(dataDir, 'rollcall.db'), { readonly: true })
  onTestFinished(() => void database.close())
  expect(database.prepare('select state, attempts, problem from outbox').all()).toEqual([
    { state: 'waiting', attempts: 0, problem: null },
  ])
})
