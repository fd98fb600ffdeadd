import { once } from 'node:events'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { eventually } from '../../../../test/eventually.ts'
import { group, user } from '../../../../test/people.ts'
import { openJournalReader } from '../../journal/search/journal-reader.ts'
import { startEngine, threads } from '../../running-engine.fixture.ts'
import { journalFileName } from '../../store/file/database-file-names.ts'
import { createCostlyReads, type CostlyRead } from './costly-reads.ts'
import { defaultLimits } from '../endpoint-limits.ts'

/** A thread that answers each read with its id; `slow` takes 150 ms, and `endless` never ends. */
const echo = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads'
    parentPort.on('message', (read) => {
      const answer = { kind: 'answer', reply: { status: 200, body: read.id }, notes: [] }
      if (read.id === 'endless') for (;;);
      if (read.id === 'slow') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 150)
      parentPort.postMessage(answer)
    })`)}`,
)

const read = (id: string): CostlyRead => ({
  kind: 'one',
  resource: 'Group',
  id,
  integrationId: 1,
  base: '',
  query: {},
  ifNoneMatch: undefined,
  now: 0,
})

function createReads(costlyReadMs: number) {
  const reads = createCostlyReads(echo, { dataDir: '', limits: { ...defaultLimits, costlyReadMs } })
  onTestFinished(() => reads.close())
  return reads
}

/** Keeps this thread's event loop from turning. */
function holdUp(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}

test('an answer that comes when its time is up is not given to the next read', async () => {
  const reads = createReads(1000)
  expect(await reads.run(read('first'))).toMatchObject({ reply: { body: 'first' } })
  // From here the loop turns to its timers first and to the thread's message after them.
  await setImmediate()
  const slow = reads.run(read('slow'))
  const next = reads.run(read('next'))
  holdUp(1300)
  expect(await slow).toMatchObject({ kind: 'scim-error', error: { status: 400, scimType: 'tooMany' } })
  expect(await next).toMatchObject({ reply: { body: 'next' } })
})

test('a thread that cannot be started fails one read, and is tried again for the next', async () => {
  let starts = 0
  const limits = {
    ...defaultLimits,
    // Read when a thread is started.
    get costlyFrom() {
      starts += 1
      if (starts === 1) throw new Error('no thread left')
      return defaultLimits.costlyFrom
    },
  }
  const reads = createCostlyReads(echo, { dataDir: '', limits })
  onTestFinished(() => reads.close())
  expect(await reads.run(read('first'))).toMatchObject({ kind: 'bug' })
  expect(await reads.run(read('second'))).toMatchObject({ reply: { body: 'second' } })
})

test('a read whose client had gone before it was asked for is not begun', async () => {
  const reads = createReads(1000)
  expect(await reads.run(read('endless'), AbortSignal.abort())).toMatchObject({
    kind: 'scim-error',
    error: { status: 503 },
  })
  expect(await reads.run(read('next'))).toMatchObject({ reply: { body: 'next' } })
})

test('a read whose client has gone holds up nobody, whether it runs or waits', async () => {
  const reads = createReads(60_000)
  expect(await reads.run(read('first'))).toMatchObject({ reply: { body: 'first' } })
  const [running, waiting] = [new AbortController(), new AbortController()]
  const all = [
    reads.run(read('endless'), running.signal),
    reads.run(read('endless'), waiting.signal),
    reads.run(read('next')),
  ]
  waiting.abort()
  running.abort()
  const closed = { kind: 'scim-error', error: { status: 503 } }
  expect(await Promise.all(all)).toMatchObject([closed, closed, { reply: { body: 'next' } }])
})

test('when the endpoint is stopped, what waits for an answer gets one, and nothing more is begun', async () => {
  const reads = createReads(60_000)
  expect(await reads.run(read('first'))).toMatchObject({ reply: { body: 'first' } })
  const waiting = [reads.run(read('endless')), reads.run(read('next'))]
  await reads.close()
  const stopped = { kind: 'scim-error', error: { status: 503 } }
  expect(await Promise.all([...waiting, reads.run(read('late'))])).toMatchObject([stopped, stopped, stopped])
})

test('a client that closes its connection ends its costly query', async () => {
  const { scim, port, slug, token, dataDir } = await startEngine({ limits: { costlyFrom: 1 } })
  for (let n = 0; n < 2; n += 1) await scim.create('/Users', user())
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  // The thread takes longer to start than the end of the connection to arrive.
  socket.end(
    `GET /scim/${slug}/v2/Users?filter=title%20co%20%22x%22 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\n\r\n`,
  )
  socket.resume()
  await once(socket, 'close')
  const reader = openJournalReader(join(dataDir, journalFileName))
  onTestFinished(() => reader.close())
  const logged = await eventually(
    () => Promise.resolve(reader.get(3)),
    (found) => found !== undefined,
    20_000,
  )
  expect(logged?.status).toBe(503)
})

test('reads beyond those that may wait are told to come again', async () => {
  const reads = createReads(5000)
  const all = await Promise.all(Array.from({ length: 70 }, (_, n) => reads.run(read(String(n)))))
  const refused = all.filter((each) => each.kind === 'scim-error')
  expect(refused.length).toBe(5)
  for (const each of refused) expect(each).toMatchObject({ error: { status: 503 } })
})

test('a broad filter in a large directory is answered from the other thread while lookups go on', async () => {
  const { scim } = await startEngine({ limits: { costlyFrom: 3 } })
  const ids: string[] = []
  for (let n = 0; n < 6; n += 1) ids.push(await scim.create('/Users', user({ title: `Title ${n}` })))
  const userName = (await scim.get(`/Users/${ids[0] ?? ''}`)).textAt('/userName')
  const [broad, lookup] = await Promise.all([
    scim.find('/Users', 'title co "itle" and nickName pr or title ew "5"'),
    scim.find('/Users', `userName eq "${userName}"`),
  ])
  expect(broad.texts('/title')).toEqual(['Title 5'])
  expect(lookup.texts('/id')).toEqual([ids[0]])
})

test('everything in a large directory is searched by the other thread', async () => {
  const { scim } = await startEngine({ limits: { costlyFrom: 1 } })
  const ids: string[] = []
  for (const displayName of ['Bo', 'Cy']) ids.push(await scim.create('/Users', user({ displayName })))
  await scim.create('/Groups', group('Ana', ids))
  const query = { filter: 'displayName ne "Cy"', sortBy: 'displayName', attributes: ['displayName', 'members'] }
  for (const found of [
    await scim.post('/.search', query),
    await scim.get(`/?${new URLSearchParams({ ...query, attributes: query.attributes.join() }).toString()}`),
  ]) {
    expect(found.at('/totalResults')).toBe(2)
    expect(found.texts('/displayName')).toEqual(['Ana', 'Bo'])
    expect(found.at('/Resources/0/members')).toHaveLength(2)
  }
  expect((await scim.post('/.search', { filter: 'displayName xx 1' })).at('/scimType')).toBe('invalidFilter')
})

test('a group with many members is read whole, and with a matching version not at all', async () => {
  const { scim } = await startEngine({ limits: { costlyFrom: 3 } })
  const ids: string[] = []
  for (let n = 0; n < 6; n += 1) ids.push(await scim.create('/Users', user()))
  const id = await scim.create('/Groups', group('Everybody', ids))
  const got = await scim.get(`/Groups/${id}`)
  expect(got.at('/members')).toHaveLength(6)
  expect((await scim.get(`/Groups/${id}`, { 'if-none-match': got.headers.get('etag') ?? '' })).status).toBe(304)
})

test('a query that takes too long is told to be narrowed, and the next one is answered', async () => {
  const { scim } = await startEngine({ limits: { costlyFrom: 1, costlyReadMs: 1 } })
  for (let n = 0; n < 3; n += 1) await scim.create('/Users', user())
  // The thread takes longer than this to start.
  const late = await scim.find('/Users', 'title co "x" or nickName co "y"')
  expect(late.status).toBe(400)
  expect(late.at('/scimType')).toBe('tooMany')
  expect((await scim.get('/Users?count=1')).status).toBe(200)
})

describe('where the other thread has no time at all, the endpoint itself answers', () => {
  /** Four of anything are many. */
  const limits = { costlyFrom: 3, costlyReadMs: 1 }

  test('a page of groups by how many members it has, and not by how many users there are', async () => {
    const { scim } = await startEngine({ limits })
    const ids = [await scim.create('/Users', user()), await scim.create('/Users', user())]
    for (const name of ['Sales', 'Sailors']) await scim.create('/Groups', group(name, ids))
    expect((await scim.get('/Groups')).at('/scimType')).toBe('tooMany')
    expect((await scim.get('/Groups?count=1')).at('/Resources/0/members')).toHaveLength(2)
    expect((await scim.get('/Groups?excludedAttributes=members')).texts('/displayName')).toEqual(['Sales', 'Sailors'])
    for (let n = 0; n < 3; n += 1) await scim.create('/Users', user())
    expect((await scim.find('/Groups', 'displayName eq "Sales"')).at('/Resources/0/members')).toHaveLength(2)
  })

  test('a page of users by how many groups they are in', async () => {
    const { scim } = await startEngine({ limits })
    const ids = [await scim.create('/Users', user()), await scim.create('/Users', user())]
    for (const name of ['Sales', 'Sailors']) await scim.create('/Groups', group(name, ids))
    expect((await scim.get('/Users')).at('/scimType')).toBe('tooMany')
    expect((await scim.get('/Users?count=1')).at('/Resources/0/groups')).toHaveLength(2)
    expect((await scim.get('/Users?attributes=userName')).texts('/userName')).toHaveLength(2)
    expect((await scim.find('/Users', 'groups.display co "x"')).at('/scimType')).toBe('tooMany')
  })

  test('one user by how many groups it is in', async () => {
    const { scim } = await startEngine({ limits })
    const id = await scim.create('/Users', user())
    for (const name of ['a', 'b', 'c']) await scim.create('/Groups', group(name, [id]))
    expect((await scim.get(`/Users/${id}`)).at('/groups')).toHaveLength(3)
    await scim.create('/Groups', group('d', [id]))
    expect((await scim.get(`/Users/${id}`)).at('/scimType')).toBe('tooMany')
    expect((await scim.get(`/Users/${id}?excludedAttributes=groups`)).at('/id')).toBe(id)
  })

  test('a filter on groups by how many groups there are', async () => {
    const { scim } = await startEngine({ limits })
    for (const name of ['a', 'b', 'c']) await scim.create('/Groups', group(name))
    expect((await scim.find('/Groups', 'displayName co "b"')).texts('/displayName')).toEqual(['b'])
    await scim.create('/Groups', group('d'))
    expect((await scim.find('/Groups', 'displayName co "b"')).at('/scimType')).toBe('tooMany')
  })

  test('a filter that an index answers by how many begin so, or are inactive', async () => {
    const { scim } = await startEngine({ limits })
    for (const name of ['anna', 'annabel', 'anneke', 'annika', 'otto'])
      await scim.create('/Users', user({ userName: name, active: name === 'otto' }))
    expect((await scim.find('/Users', 'userName sw "anna"')).texts('/userName')).toEqual(['anna', 'annabel'])
    expect((await scim.find('/Users', 'userName sw "ann"')).at('/scimType')).toBe('tooMany')
    expect((await scim.find('/Users', 'active eq false')).at('/scimType')).toBe('tooMany')
    expect((await scim.find('/Users', 'userName eq "otto" and active eq false')).texts('/userName')).toEqual([])
  })
})

test('an answer too long for a text crosses as bytes, comes whole, and stands in the log with its beginning', async () => {
  const { scim, dataDir, port, slug, token } = await startEngine({ limits: { costlyFrom: 3 } })
  const ids: string[] = []
  for (let n = 0; n < 40; n += 1)
    ids.push(await scim.create('/Users', user({ displayName: `${'é'.repeat(9000)}${n}` })))
  const id = await scim.create('/Groups', group('Everybody', ids))
  for (const query of ['', '?attributes=members', '?excludedAttributes=members.type']) {
    const got = await scim.get(`/Groups/${id}${query}`)
    expect(got.at('/members')).toMatchObject(ids.map((value) => ({ value })))
    expect(got.at('/members/39/display')).toBe(`${'é'.repeat(9000)}39`)
  }
  const query = { ...read(id), integrationId: 1, base: '' }
  const reads = createCostlyReads(threads.costlyReads, { dataDir, limits: defaultLimits })
  onTestFinished(() => reads.close())
  expect(await reads.run(query)).toMatchObject({
    reply: { body: undefined, large: { pieces: [expect.any(Uint8Array)], length: expect.any(Number) } },
  })
  const page = await fetch(`http://127.0.0.1:${port}/scim/${slug}/v2/Groups`, {
    headers: { authorization: `Bearer ${token}` },
  })
  const bytes = (await page.arrayBuffer()).byteLength
  expect(bytes).toBeGreaterThan(700_000)
  expect(page.headers.get('content-length')).toBe(String(bytes))
  const reader = openJournalReader(join(dataDir, journalFileName))
  onTestFinished(() => reader.close())
  const logged = await eventually(
    () => Promise.resolve(reader.page({ limit: 1 }).entries[0]),
    (entry) => entry?.classification.startsWith('list groups') === true,
  )
  expect(logged).toMatchObject({ responseBytes: bytes, responseBodyState: 'cut', requestBodyState: 'whole' })
})
