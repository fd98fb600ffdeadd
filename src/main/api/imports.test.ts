import { existsSync, readdirSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { eventually } from '../../../test/eventually.ts'
import { user } from '../../../test/people.ts'
import type { ImportState } from '../../contract/imports.ts'
import { canMount, mountSmallDisk } from '../store/file/small-disk.fixture.ts'
import { parseConversionOptions } from '../conversion/targets/conversion-options.ts'
import { startApi, type RunningApi } from './api.fixture.ts'
import { everyItem } from './streams/every-item.fixture.ts'

/** Sends a file in pieces and returns the id of the import. */
async function send({ api }: RunningApi, text: string, pieceLength = 50_000): Promise<string> {
  const file = new Blob([text])
  const { id } = await api.imports.begin({ fileName: 'people.csv', bytes: file.size })
  for (let at = 0; at < Math.max(1, file.size); at += pieceLength)
    await api.imports.send({ id, at, piece: file.slice(at, at + pieceLength) })
  return id
}

/** The first state of an import in which a condition holds. */
async function until({ api }: RunningApi, id: string, isWanted: (state: ImportState) => boolean): Promise<ImportState> {
  const subscription = crypto.randomUUID()
  for await (const batch of await api.imports.watch({ id, subscription })) {
    const found = batch.items.find(isWanted)
    if (found) return found
    await api.system.acknowledge({ subscription, seq: batch.seq })
  }
  throw new Error('the stream ended')
}

/** What this process has open. */
function openFiles(): readonly string[] {
  return readdirSync('/proc/self/fd').flatMap((each) => {
    try {
      return [readlinkSync(`/proc/self/fd/${each}`)]
    } catch {
      return [] // closed meanwhile, such as the folder that is being read
    }
  })
}

const settled = ({ phase }: ImportState) => !['receiving', 'checking', 'running'].includes(phase)

const report = async ({ api }: RunningApi, id: string) =>
  (await everyItem(api, (subscription) => api.imports.report({ id, subscription }))).join('').trimEnd().split('\r\n')

test('what will happen is known before anything is written, line by line', async () => {
  const running = await startApi()
  const { api, scim } = running
  await api.users.create({ resource: user({ userName: 'bo', displayName: 'Bo', title: 'Old' }) })
  await scim.create('/Users', user({ userName: 'cy' }))
  const csv = [
    'userName,displayName,title,active,role',
    'ana,Ana,,true,',
    'BO,Bo,New,,',
    'cy,,Managed,,',
    'di,Di,,maybe,',
    'ANA,Again,,,',
    'ed,Ed,,,king',
    'fi,Fi,x,true,user,one too many',
    'admin,Administrator,,,user',
  ].join('\n')
  const id = await send(running, csv, 40)
  const ready = await until(running, id, settled)
  expect(ready).toMatchObject({
    phase: 'ready',
    fileName: 'people.csv',
    forecast: { created: 1, updated: 2, unchanged: 0, refused: 5 },
    managed: 1,
    columns: ['userName', 'displayName', 'title', 'active', 'role'],
  })
  const { items } = await api.imports.rows({ id, outcome: 'updated' })
  expect(items).toMatchObject([
    {
      line: 3,
      userName: 'BO',
      isManaged: false,
      changes: [{ attribute: 'userName' }, { attribute: 'title', before: 'Old', after: 'New' }],
    },
    { line: 4, userName: 'cy', isManaged: true },
  ])
  const refused = (await api.imports.rows({ id, outcome: 'refused' })).items
  expect(refused.map(({ line, problem }) => `${line}: ${problem}`)).toEqual([
    '5: "active" must be true or false; got the text "maybe".',
    '6: "ANA" stands in line 2 already.',
    '7: "king" is no role. Write user, user-manager or administrator.',
    '8: It has 6 cells; the header has 5.',
    '9: "admin" is the last active Administrator. Leave one Administrator in the file active.',
  ])
  expect((await api.users.search({})).total).toBe(3)

  await api.imports.run({ id, skipManaged: true })
  const done = await until(running, id, settled)
  expect(done).toMatchObject({ phase: 'done', result: { created: 1, updated: 1, left: 1, refused: 5 } })
  const lines = await report(running, id)
  expect(lines[0]).toBe('line,userName,outcome,id,problem')
  expect(lines.slice(1).map((line) => line.split(',').slice(0, 3).join(','))).toEqual([
    '2,ana,created',
    '3,BO,updated',
    '4,cy,left',
    '5,di,refused',
    '6,ANA,refused',
    '7,ed,refused',
    '8,fi,refused',
    '9,admin,refused',
  ])
  expect((await api.users.search({ query: 'bo' })).items[0]).toMatchObject({ userName: 'BO' })
  await expect(api.imports.run({ id, skipManaged: true })).rejects.toMatchObject({ code: 'REFUSED' })
})

test('what an IdP manages is imported when that is wanted, and is drift then', async () => {
  const running = await startApi()
  const { api, scim } = running
  const person = await scim.create('/Users', user({ userName: 'cy', title: 'Engineer' }))
  const id = await send(running, 'userName,title\ncy,Boss\n')
  await until(running, id, settled)
  await api.imports.run({ id, skipManaged: false })
  expect(await until(running, id, settled)).toMatchObject({ result: { updated: 1, left: 0 } })
  expect((await api.users.get({ id: person })).drift).toMatchObject([{ attribute: 'title', idpValue: 'Engineer' }])
})

test('who would be here twice, under a user ID that a conversion has replaced, is counted and named', async () => {
  const running = await startApi()
  const { api, engine } = running
  await api.users.create({ resource: user({ userName: 'jsmith', emails: [{ value: 'john@x.test', type: 'work' }] }) })
  const { id: plan } = await engine.conversions.preview({ directoryId: 1, options: parseConversionOptions({}) })
  const { job } = await api.conversions.start({ id: plan })
  await eventually(
    () => api.jobs.get({ id: job }),
    ({ state }) => state === 'done',
  )
  const id = await send(running, 'userName\nJSmith\nnew\njohn@x.test\n')
  expect(await until(running, id, settled)).toMatchObject({ former: 1, forecast: { created: 2, unchanged: 1 } })
  const { items } = await api.imports.rows({ id })
  expect(items.map(({ userName, formerOf }) => [userName, formerOf])).toEqual([
    ['JSmith', 'john@x.test'],
    ['new', null],
    ['john@x.test', null],
  ])
})

test.each([
  ['', 'empty'],
  ['displayName\nAna\n', 'userName'],
  ['userName,colour\nana,red\n', 'colour'],
  ['userName\n"ana\n', 'people.csv'],
])('a file such as %j cannot be used, and the reason is told', async (text, named) => {
  const running = await startApi()
  const id = await send(running, text)
  const state = await until(running, id, settled)
  expect(state).toMatchObject({ phase: 'unusable', problem: expect.stringContaining(named) })
  expect(state.problem).not.toContain(running.dataDir)
  await expect(running.api.imports.run({ id, skipManaged: false })).rejects.toMatchObject({ code: 'REFUSED' })
})

test('a piece that is sent again while it is still being written stands in the file once', async () => {
  const running = await startApi()
  const { api } = running
  const people = Array.from({ length: 2000 }, (_, n) => `person${n}`)
  const file = new Blob([`userName\n${people.join('\n')}\n`])
  const { id } = await api.imports.begin({ fileName: 'people.csv', bytes: file.size })
  const half = Math.floor(file.size / 2)
  for (const at of [0, half]) {
    const piece = file.slice(at, at === 0 ? half : file.size)
    await Promise.all([api.imports.send({ id, at, piece }), api.imports.send({ id, at, piece })])
  }
  expect(await until(running, id, settled)).toMatchObject({ phase: 'ready', forecast: { created: 2000, refused: 0 } })
})

test('an import is cancelled between two batches; what is done stays and is told', async () => {
  const running = await startApi()
  const { api } = running
  const people = Array.from({ length: 5000 }, (_, n) => `person${n}`)
  const id = await send(running, `userName\n${people.join('\n')}\n`)
  await until(running, id, settled)
  await api.imports.run({ id, skipManaged: false })
  await until(running, id, ({ progress }) => progress.done > 0)
  expect(await api.imports.cancel({ id })).toEqual({ cancelled: true })
  const { phase, result } = await until(running, id, settled)
  expect(phase).toBe('cancelled')
  expect(result.created).toBeGreaterThan(0)
  expect(result.created).toBeLessThan(people.length)
  expect((await api.users.search({ source: 'local', role: 'user' })).total).toBe(result.created)
  expect(await report(running, id)).toHaveLength(result.created + 1)
})

test('to cancel what does not run yet cancels nothing', async () => {
  const running = await startApi()
  const { api } = running
  const people = Array.from({ length: 250 }, (_, n) => `person${n}`)
  const id = await send(running, `userName\n${people.join('\n')}\n`)
  await until(running, id, settled)
  expect(await api.imports.cancel({ id })).toEqual({ cancelled: false })
  await api.imports.run({ id, skipManaged: false })
  expect(await until(running, id, settled)).toMatchObject({ phase: 'done', result: { created: people.length } })
})

test.runIf(process.platform === 'linux')('an import that fails leaves none of its files open', async () => {
  const running = await startApi()
  const id = await send(running, 'userName\nana\n')
  await until(running, id, settled)
  const folder = join(running.dataDir, 'imports')
  rmSync(join(folder, `${id}.csv`))
  await running.api.imports.run({ id, skipManaged: false })
  expect(await until(running, id, settled)).toMatchObject({ phase: 'failed' })
  expect(openFiles().filter((each) => each.startsWith(folder))).toEqual([])
})

test.runIf(process.platform === 'linux')('a long file whose columns are refused is not left open', async () => {
  const running = await startApi()
  const id = await send(running, `userName,colour\n${'ana,red\n'.repeat(200_000)}`)
  expect(await until(running, id, settled)).toMatchObject({ phase: 'unusable' })
  const folder = join(running.dataDir, 'imports')
  // The system closes it a moment later.
  await expect.poll(() => openFiles().filter((each) => each.startsWith(folder))).toEqual([])
})

test('an import that is put away leaves no file behind', async () => {
  const running = await startApi()
  const { api } = running
  const id = await send(running, 'userName\nana\n')
  await until(running, id, settled)
  const folder = join(running.dataDir, 'imports')
  expect(readdirSync(folder)).toHaveLength(1)
  await api.imports.discard({ id })
  expect(readdirSync(folder)).toEqual([])
  await expect(api.imports.rows({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect(existsSync(folder)).toBe(true)
})

test('what was left open overnight is still there when another import begins', async () => {
  const running = await startApi()
  const { api } = running
  const done = await send(running, 'userName\nana\n')
  await until(running, done, settled)
  await api.imports.run({ id: done, skipManaged: true })
  await until(running, done, ({ phase }) => phase === 'done')
  const ready = await send(running, 'userName\nbo\n')
  await until(running, ready, settled)
  running.later(2 * 86_400_000)
  await until(running, await send(running, 'userName\ncy\n'), settled)
  expect((await report(running, done))[1]).toMatch(/^2,ana,created,/)
  await api.imports.run({ id: ready, skipManaged: true })
  expect(await until(running, ready, settled)).toMatchObject({ phase: 'done', result: { created: 1 } })
})

test('what a server that was killed has left goes after a day, and what is gone already is in the way of nobody', async () => {
  const running = await startApi()
  const folder = join(running.dataDir, 'imports')
  await until(running, await send(running, 'userName\nana\n'), settled)
  const left = join(folder, `${crypto.randomUUID()}.csv`)
  writeFileSync(left, 'userName\n')
  // A name that is read, and behind which there is no file.
  symlinkSync(join(folder, 'nowhere'), join(folder, 'gone.csv'))
  expect(await until(running, await send(running, 'userName\nbo\n'), settled)).toMatchObject({ phase: 'ready' })
  expect(existsSync(left)).toBe(true)
  running.later(2 * 86_400_000)
  expect(await until(running, await send(running, 'userName\ncy\n'), settled)).toMatchObject({ phase: 'ready' })
  expect(existsSync(left)).toBe(false)
})

test('a piece that comes twice is passed over, and one that is missing is refused', async () => {
  const running = await startApi()
  const { api } = running
  const file = new Blob(['userName\nana\nbo\n'])
  const { id } = await api.imports.begin({ fileName: 'people.csv', bytes: file.size })
  await api.imports.send({ id, at: 0, piece: file.slice(0, 5) })
  expect(await api.imports.send({ id, at: 0, piece: file.slice(0, 5) })).toEqual({ received: 5 })
  await expect(api.imports.send({ id, at: 9, piece: file.slice(9) })).rejects.toMatchObject({ code: 'REFUSED' })
  await api.imports.send({ id, at: 5, piece: file.slice(5) })
  expect(await until(running, id, settled)).toMatchObject({ phase: 'ready', forecast: { created: 2 } })
})

test('a file with a header and no rows cannot be imported, and says why', async () => {
  const running = await startApi()
  const id = await send(running, 'userName,displayName\n')
  expect(await until(running, id, settled)).toMatchObject({
    phase: 'unusable',
    problem: expect.stringMatching(/has a header and no rows\. Write a line for each user below the header\.$/),
  })
})

test('the template can be imported as it is', async () => {
  const running = await startApi()
  const { csv } = await running.api.imports.template({})
  const id = await send(running, csv)
  expect(await until(running, id, settled)).toMatchObject({ phase: 'ready', forecast: { created: 1, refused: 0 } })
})

test('a long file holds up neither an identity provider nor another look at a list', async () => {
  const running = await startApi()
  const { api, scim } = running
  const lines = Array.from({ length: 20_000 }, (_, n) => `person${n},Person ${n},person${n}@x.test`)
  const id = await send(running, `userName,displayName,email\n${lines.join('\n')}\n`)
  const isChecking = async () => (await until(running, id, () => true)).phase === 'checking'
  await eventually(isChecking, Boolean)
  expect((await scim.get('/Users')).status).toBe(200)
  expect((await api.users.search({})).total).toBe(1)
  expect(await until(running, id, settled)).toMatchObject({ phase: 'ready', forecast: { created: 20_000 } })
})

test('an Administrator may be replaced by somebody further down; who cannot be spared yet is refused, and nobody else', async () => {
  const running = await startApi()
  const { api } = running
  const others = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => `user${from + n},`)
  const near = await send(running, ['userName,role', 'admin,user', 'bo,administrator'].join('\n'))
  await until(running, near, settled)
  await api.imports.run({ id: near, skipManaged: false })
  expect(await until(running, near, settled)).toMatchObject({ phase: 'done', result: { created: 1, updated: 1 } })

  // The new one is in another batch than the old one.
  const far = ['userName,role', ...others(0, 50), 'bo,user', ...others(50, 150), 'cy,administrator'].join('\n')
  const id = await send(running, far)
  expect(await until(running, id, settled)).toMatchObject({ phase: 'ready', forecast: { created: 151, refused: 0 } })
  await api.imports.run({ id, skipManaged: false })
  const done = await until(running, id, settled)
  expect(done).toMatchObject({ phase: 'done', result: { created: 151, updated: 0, refused: 1 } })
  expect((await report(running, id))[51]).toMatch(/^52,bo,refused,,This is the last active Administrator\./)
})

test.skipIf(!canMount())('a file for which the disk has no room is refused with the reason', async () => {
  const disk = mountSmallDisk(16 * 1024)
  if (!disk) throw new Error('it could be mounted before')
  onTestFinished(() => disk.release())
  const running = await startApi({ dataDir: disk.path })
  const people = Array.from({ length: 600_000 }, (_, n) => `somebody-${n}@example.com,Somebody`)
  await expect(send(running, ['userName,displayName', ...people].join('\n'), 500_000)).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    message: expect.stringMatching(
      /^The disk that holds [^\n]*imports[^\n]* is full\. Free some space and try again\.$/,
    ),
  })
  expect(running.bugs).toEqual([])
  expect(readdirSync(join(disk.path, 'imports'))).toEqual([])
})
