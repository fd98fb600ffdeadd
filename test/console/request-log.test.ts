import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { startApi, type RunningApi } from '../../src/main/api/api.fixture.ts'
import { parseRequestFilter, type RequestTerm } from '../../src/contract/request-filter.ts'
import { createRequestLog, type RequestLog } from '../../src/renderer/pages/requests/log/request-log.ts'
import { eventually } from '../eventually.ts'
import { user } from '../people.ts'

const patienceMs = 15_000

// A page draws; here every turn of the event loop is a picture.
beforeAll(() => {
  vi.stubGlobal('requestAnimationFrame', (work: () => void) => setImmediate(work))
})
afterAll(() => {
  vi.unstubAllGlobals()
})

function terms(text: string): readonly RequestTerm[] {
  const parsed = parseRequestFilter(text)
  if (!parsed.ok) throw new Error(parsed.problem)
  return parsed.terms
}

interface Shown extends RunningApi {
  readonly log: RequestLog
  /** The screen is left. */
  leave(): void
  /** What the view shows, oldest first, once it is as long as this. */
  rows(count: number): Promise<readonly string[]>
}

async function show(
  filter: string,
  capacity?: number,
  before?: (running: RunningApi) => Promise<void>,
): Promise<Shown> {
  const running = await startApi()
  await before?.(running)
  const connection = { engine: running.api, untilOpen: () => Promise.resolve() }
  const log = createRequestLog({
    connection,
    beforeDrawing: (work) => void setImmediate(work),
    ...(capacity === undefined ? {} : { capacity }),
  })
  log.show(terms(filter))
  const leave = log.watch()
  onTestFinished(() => {
    log.resume()
    leave()
  })
  const read = () => {
    const { first, end } = log.view()
    return Array.from({ length: end - first }, (_, n) => {
      const row = log.at(first + n)
      return row?.kind === 'request' ? `${row.request.method} ${row.request.classification}` : `passed ${row?.count}`
    })
  }
  await eventually(
    () => Promise.resolve(log.view().isLoading),
    (isLoading) => !isLoading,
    patienceMs,
  )
  return {
    ...running,
    log,
    leave,
    rows: (count) =>
      eventually(
        () => Promise.resolve(read()),
        (rows) => rows.length === count,
        patienceMs,
      ),
  }
}

async function settled({ api }: RunningApi, count: number): Promise<void> {
  await eventually(
    () => api.requests.retention(),
    ({ newestId }) => newestId >= count,
    patienceMs,
  )
}

test('shows what is there, then what comes, in order', async () => {
  const shown = await show('', undefined, async (running) => {
    await running.scim.get('/Schemas')
    await settled(running, 1)
  })
  expect(await shown.rows(1)).toEqual(['GET read schemas'])
  await shown.scim.create('/Users', user())
  await shown.scim.get('/Users/nobody')
  expect(await shown.rows(3)).toEqual(['GET read schemas', 'POST create user', 'GET read user (not found)'])
  expect(shown.log.view()).toMatchObject({ arrived: 2, failed: 1, isComplete: true, held: undefined })
})

test('shows only what matches, of the past and of what comes', async () => {
  const shown = await show('method:POST', undefined, async (running) => {
    await running.scim.create('/Users', user({ userName: 'ana@example.com' }))
    await running.scim.get('/Schemas')
    await settled(running, 2)
  })
  await shown.scim.get('/Schemas')
  await shown.scim.create('/Users', user({ userName: 'bo@example.com' }))
  expect(await shown.rows(2)).toEqual(['POST create user', 'POST create user'])
  shown.log.show(terms('method:GET'))
  expect(await shown.rows(2)).toEqual(['GET read schemas', 'GET read schemas'])
})

test('a view that is held stays as it is and counts what comes, also while nobody watches', async () => {
  const shown = await show('')
  await shown.scim.get('/Schemas')
  await shown.rows(1)
  shown.log.pause()
  shown.leave()
  await shown.scim.get('/Users')
  await shown.scim.get('/Groups')
  await eventually(
    () => Promise.resolve(shown.log.view().held),
    (held) => held === 2,
    patienceMs,
  )
  expect(await shown.rows(1)).toEqual(['GET read schemas'])
  shown.log.resume()
  expect(await shown.rows(3)).toEqual(['GET read schemas', 'GET list users (page)', 'GET list groups (page)'])
  expect(shown.log.view().held).toBeUndefined()
})

test('holds no more rows than it may, and drives the oldest out', async () => {
  const shown = await show('', 3)
  for (const path of ['/Schemas', '/ResourceTypes', '/Users', '/Groups']) await shown.scim.get(path)
  await eventually(
    () => Promise.resolve(shown.log.view().arrived),
    (arrived) => arrived === 4,
    patienceMs,
  )
  expect(await shown.rows(3)).toEqual(['GET read resource types', 'GET list users (page)', 'GET list groups (page)'])
  expect(shown.log.view()).toMatchObject({ first: 1, end: 4, isComplete: false })
})

test('what a person changes about a request shows at once', async () => {
  const shown = await show('')
  await shown.scim.get('/Schemas')
  await shown.scim.get('/Users')
  await shown.rows(2)
  const { first } = shown.log.view()
  const row = shown.log.at(first)
  if (row?.kind !== 'request') throw new Error('no request')
  shown.log.update(row.request.id, { isPinned: true })
  expect(shown.log.at(first)).toMatchObject({ request: { isPinned: true } })
  shown.log.update(999, { isPinned: true })
})

test('a screen that comes back goes on behind what it showed', async () => {
  const shown = await show('')
  await shown.scim.get('/Schemas')
  await shown.rows(1)
  shown.leave()
  await shown.scim.get('/Users')
  await settled(shown, 2)
  expect(await shown.rows(1)).toEqual(['GET read schemas'])
  onTestFinished(shown.log.watch())
  expect(await shown.rows(2)).toEqual(['GET read schemas', 'GET list users (page)'])
})
