import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { eventually } from '../../../test/eventually.ts'
import { user } from '../../../test/people.ts'
import { lastBackupSetting } from '../administration/backup-runs.ts'
import { makeCopyLong } from '../backup/long-copy.fixture.ts'
import { restoreBackup } from '../backup/restore-backup.ts'
import type { EngineHost } from '../engine-host.ts'
import { startApi } from './api.fixture.ts'

const hour = 3_600_000
const day = 24 * hour
const daily = { every: 'day', at: '02:30', weekday: 0, keep: 2, folder: null } as const

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'rollcall-backups-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

test('a backup is written when it is due, old ones are taken away, and those by hand stay', async () => {
  const { api, engine, later, dataDir } = await startApi()
  const byHand = await api.backups.create()
  const set = await api.backups.setSchedule(daily)
  expect(new Date(set.nextAt ?? 0).getHours()).toBe(2)
  expect(await engine.backups.runWhenDue()).toBeUndefined()
  for (let days = 0; days < 4; days += 1) {
    later(day)
    expect(await engine.backups.runWhenDue()).toBeUndefined()
    // Once a day, however often is looked.
    expect(await engine.backups.runWhenDue()).toBeUndefined()
  }
  const { items, runs, folder: place } = await api.backups.list()
  expect(place).toBe(join(dataDir, 'backups'))
  expect(items.filter((each) => each.isScheduled)).toHaveLength(2)
  expect(items.map((each) => each.file)).toContain(byHand.file)
  expect(runs.filter((each) => each.startedBy === 'schedule')).toHaveLength(4)
  expect(runs.every((each) => each.problem === null && each.endedAt !== null)).toBe(true)
  for (const { file } of items) expect(statSync(join(place, file)).mode & 0o777).toBe(0o600)
})

test('backups of a clock that was ahead neither hold the next ones up nor push them out', async () => {
  const { api, engine, later, dataDir } = await startApi()
  await api.backups.setSchedule({ ...daily, keep: 1 })
  later(40 * day)
  expect(await engine.backups.runWhenDue()).toBeUndefined()
  const ofThen = (await api.backups.list()).items[0]?.file ?? ''
  const then = new Date(Date.now() + 40 * day)
  utimesSync(join(dataDir, 'backups', ofThen), then, then)
  later(-38 * day)
  expect(await engine.backups.runWhenDue()).toBeUndefined()
  const { items, runs } = await api.backups.list()
  expect(runs).toHaveLength(2)
  expect(items).toHaveLength(1)
  expect(items[0]?.file).not.toBe(ofThen)
})

test('one that was written is a good one, though an old one cannot be taken away', async () => {
  const { api, engine, later, dataDir } = await startApi()
  await api.backups.setSchedule({ ...daily, keep: 1 })
  // A folder, which nothing is to take away with all that it holds.
  const old = join(dataDir, 'backups', 'rollcall-auto-2020-01-01T02-30-00-000Z.db')
  mkdirSync(join(old, 'more'), { recursive: true })
  utimesSync(old, 0, 0)
  later(day)
  expect(await engine.backups.runWhenDue()).toMatch(/^The backup was written, but old ones could not be removed: .+/)
  const { runs } = await api.backups.list()
  expect(runs).toMatchObject([{ startedBy: 'schedule', file: expect.any(String), problem: null }])
})

test('one that fails is remembered, told of, and tried again after an hour', async () => {
  const { api, engine, later } = await startApi()
  const place = folder()
  const away = `${place}-away`
  onTestFinished(() => rmSync(away, { recursive: true, force: true }))
  await api.backups.setSchedule({ ...daily, folder: place })
  renameSync(place, away)
  later(day)
  expect(await engine.backups.runWhenDue()).toContain(`The backup failed: There is no folder ${place}`)
  const failed = await api.backups.list()
  expect(failed.runs[0]).toMatchObject({ startedBy: 'schedule', file: null, problem: expect.stringContaining(place) })
  expect(JSON.parse(engine.reads.settings.get(lastBackupSetting) ?? '')).toMatchObject({
    problem: expect.stringContaining('There is no folder'),
  })
  renameSync(away, place)
  expect(await engine.backups.runWhenDue()).toBeUndefined()
  expect(readdirSync(place)).toEqual([])
  later(hour)
  await engine.backups.runWhenDue()
  expect(readdirSync(place)).toHaveLength(1)
  expect(JSON.parse(engine.reads.settings.get(lastBackupSetting) ?? '')).toMatchObject({ problem: null })
})

test('a server that is stopped gives up what it writes, leaves nothing of it, and makes up for it at the next start', async () => {
  const { api, engine, endpoint, later, dataDir } = await startApi()
  await api.backups.setSchedule(daily)
  makeCopyLong(dataDir)
  later(day)
  const byHand = api.backups.create().catch((error: unknown) => error)
  const due = engine.backups.runWhenDue()
  const files = () => readdirSync(dataDir, { recursive: true }).filter((name) => /backups\W/.test(String(name)))
  await eventually(
    () => Promise.resolve(files()),
    (names) => names.filter((name) => String(name).endsWith('.new')).length === 2,
  )
  await endpoint.close()
  await engine.close()
  expect(await byHand).toMatchObject({ message: 'The server was stopped before the backup was written.' })
  expect(await due).toBeUndefined()
  expect(files()).toEqual([])
  const again = await startApi({ dataDir })
  again.later(day)
  expect((await again.api.backups.list()).runs.filter((each) => each.problem !== null)).toEqual([])
  await again.engine.backups.runWhenDue()
  expect((await again.api.backups.list()).runs).toMatchObject([{ startedBy: 'schedule', problem: null }])
})

test('of two servers on one data directory one writes it', async () => {
  const first = await startApi()
  await first.api.backups.setSchedule(daily)
  const second = await startApi({ dataDir: first.dataDir, bySettings: { endpoint_port: '0' } })
  first.later(day)
  second.later(day)
  await Promise.all([first.engine.backups.runWhenDue(), second.engine.backups.runWhenDue()])
  expect((await first.api.backups.list()).items).toHaveLength(1)
})

test('a folder that is none, or is not named whole, is refused', async () => {
  const { api } = await startApi()
  for (const [place, problem] of [
    ['backups', 'no absolute path'],
    ['/nowhere/backups', 'There is no folder'],
    ['/etc/hostname', 'is no folder'],
  ] as const)
    await expect(api.backups.setSchedule({ ...daily, folder: place })).rejects.toThrow(problem)
  await expect(api.backups.setSchedule({ ...daily, at: '25:00' })).rejects.toThrow('Input validation')
  expect((await api.backups.list()).schedule.every).toBe('off')
})

test('what is in a backup is seen before it is restored: what would go, come back and change', async () => {
  const { api, scim, slug } = await startApi()
  const kept = await scim.post('/Users', user({ userName: 'kept@example.com' }))
  const gone = await scim.post('/Users', user({ userName: 'gone@example.com' }))
  const { file } = await api.backups.create()
  await scim.post('/Users', user({ userName: 'late@example.com' }))
  await scim.send('PATCH', `/Users/${kept.textAt('/id')}`, {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [{ op: 'replace', path: 'title', value: 'Countess' }],
  })
  await scim.send('DELETE', `/Users/${gone.textAt('/id')}`, undefined)
  expect(await api.backups.preview({ file })).toMatchObject({
    users: 3,
    groups: 0,
    integrations: [{ slug, isTokenKnown: true }],
    difference: {
      users: { onlyHere: 1, onlyThere: 1, changed: 1 },
      groups: { onlyHere: 0, onlyThere: 0, changed: 0 },
    },
  })
  await api.tokens.rotate({ slug, keepOldDays: null, expiresInDays: null })
  expect((await api.backups.preview({ file })).integrations).toMatchObject([{ slug, isTokenKnown: false }])
  await api.tokens.revoke({ slug })
  const { file: later } = await api.backups.create()
  expect((await api.backups.preview({ file: later })).integrations).toMatchObject([{ slug, isTokenKnown: true }])
})

test('what is no backup is named, and one that is not there', async () => {
  const { api } = await startApi()
  const place = folder()
  writeFileSync(join(place, 'notes.db'), 'no database')
  await expect(api.backups.preview({ file: join(place, 'notes.db') })).rejects.toThrow('is damaged, or no backup')
  await expect(api.backups.preview({ file: 'rollcall-none.db' })).rejects.toThrow('There is no file')
  // A name leads nowhere but into the folder.
  await expect(api.backups.preview({ file: '../rollcall.db' })).rejects.toThrow('There is no file')
})

test('a restore asks the host for a new beginning, and everything is as it was, but for who is signed in', async () => {
  const running = await startApi()
  const { api, parts, scim, engine, dataDir, endpoint, sessions } = running
  await scim.post('/Users', user({ userName: 'kept@example.com' }))
  const { file } = await api.backups.create()
  await scim.post('/Users', user({ userName: 'late@example.com' }))
  const signedIn = await sessions.signIn({ userAgent: 'a browser', remoteAddress: '127.0.0.1' })
  await expect(api.backups.restore({ file })).rejects.toThrow('rollcall restore')

  const asked = Promise.withResolvers<Parameters<EngineHost['restart']>>()
  Object.assign(parts, { host: { restart: (...work: Parameters<EngineHost['restart']>) => asked.resolve(work) } })
  expect(await api.backups.list()).toMatchObject({ canRestore: true })
  await api.backups.restore({ file })
  const [work, after] = await asked.promise
  await endpoint.close()
  await engine.close()
  work()
  const again = await startApi({ dataDir })
  await after(again.engine)
  const { lastRestore } = await again.api.backups.list()
  expect(lastRestore).toMatchObject({ problem: null, rotate: [], kept: expect.stringContaining('.before-restore-') })
  const names = (await again.api.users.search({})).items.map((each) => each.userName)
  expect(names).toContain('kept@example.com')
  expect(names).not.toContain('late@example.com')
  expect(again.sessions.find(signedIn)?.id).toBe(signedIn.id)
  expect((await again.api.backups.list()).runs).toHaveLength(1)
})

test('whoever was signed out stays out when a database is restored that was put aside before', async () => {
  const first = await startApi()
  const { dataDir } = first
  const visitor = { userAgent: 'a browser', remoteAddress: '127.0.0.1' }
  const [out, still] = [await first.sessions.signIn(visitor), await first.sessions.signIn(visitor)]
  const key = await first.sessions.issueKey()
  const aside = join(folder(), 'rollcall.db.before-restore')
  const database = new Database(join(dataDir, 'rollcall.db'))
  database.prepare('vacuum into ?').run(aside)
  database.close()
  await first.sessions.end(out.id)
  expect(await first.sessions.trade(key, visitor)).toBeDefined()
  await first.endpoint.close()
  await first.engine.close()
  restoreBackup({ dataDir, file: aside, now: Date.now() })
  const { sessions } = await startApi({ dataDir })
  expect(sessions.find(out)).toBeUndefined()
  expect(await sessions.trade(key, visitor)).toBeUndefined()
  expect(sessions.find(still)?.id).toBe(still.id)
})

test('while another process has the data open, a restore changes nothing and says so', async () => {
  const { api, parts, engine, dataDir, endpoint } = await startApi()
  const { file } = await api.backups.create()
  const asked = Promise.withResolvers<Parameters<EngineHost['restart']>>()
  Object.assign(parts, { host: { restart: (...work: Parameters<EngineHost['restart']>) => asked.resolve(work) } })
  await api.backups.restore({ file })
  const [work, after] = await asked.promise
  await endpoint.close()
  await engine.close()
  const other = new Database(join(dataDir, 'rollcall.db'))
  other.prepare('select count(*) from users').get()
  work()
  other.close()
  const again = await startApi({ dataDir })
  await after(again.engine)
  expect((await again.api.backups.list()).lastRestore).toMatchObject({
    problem: expect.stringContaining('Another process works on'),
    kept: null,
  })
  expect(readdirSync(dataDir).filter((name) => name.includes('before-restore'))).toEqual([])
})

test('a backup is deleted by its name, and nothing else is', async () => {
  const { api, dataDir } = await startApi()
  const { file } = await api.backups.create()
  mkdirSync(join(dataDir, 'backups', 'sub'))
  await expect(api.backups.remove({ file: '../rollcall.db' })).rejects.toThrow('There is no backup')
  await expect(api.backups.remove({ file: 'sub' })).rejects.toThrow('There is no backup')
  await api.backups.remove({ file })
  expect(existsSync(join(dataDir, 'backups', file))).toBe(false)
})

test('a backup that failed stands among what needs attention, until one is good', async () => {
  const { api } = await startApi()
  const place = folder()
  await api.backups.setSchedule({ ...daily, folder: place })
  rmSync(place, { recursive: true })
  await expect(api.backups.create()).rejects.toThrow('There is no folder')
  expect((await api.overview.get()).attention).toContainEqual(expect.objectContaining({ kind: 'backup-failed' }))
  mkdirSync(place)
  await api.backups.create()
  expect((await api.overview.get()).attention.map((each) => each.kind)).not.toContain('backup-failed')
})

test('a restoration in whose midst the process was ended leaves nothing once a server has started', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'rollcall-restoring-'))
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
  const left = ['rollcall.db.restoring', 'rollcall.db.restoring-journal'].map((name) => join(dataDir, name))
  for (const file of left) writeFileSync(file, '')
  await startApi({ dataDir })
  expect(left.filter((file) => existsSync(file))).toEqual([])
})
