import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eventually } from '../../../test/eventually.ts'
import { type Convertible, openConvertible } from '../conversion/conversion.fixture.ts'
import { startEngine } from '../running-engine.fixture.ts'
import { parseConversionOptions } from '../conversion/targets/conversion-options.ts'
import { openReaderConnection, openWriterConnection } from '../store/file/database-files.ts'
import { removePlanFile } from '../store/plan/plan-file.ts'
import { leaseMs } from './job-rules.ts'
import type { Job } from './job.ts'

const people = 120

let directory: Convertible

beforeEach(async () => {
  directory = openConvertible()
  const users = Array.from({ length: people }, (_, n) => ({
    line: n + 2,
    resource: { userName: `user${n}`, emails: [{ type: 'work', value: `user${n}@example.com` }] },
    role: undefined,
  }))
  await directory.administer('import-users', { directory: 'main', users })
})

afterEach(() => directory.close())

const start = async () => directory.conversions.start((await directory.preview()).id)
const finish = (id: number) => directory.jobs.follow(id, { graceMs: 0 })
const converted = () => Object.values(directory.userNames()).filter((name) => String(name).includes('@')).length

/** Does something to a job as soon as part of it is done. */
function whenPartIsDone(id: number, act: () => Promise<unknown>): void {
  const stop = directory.jobs.subscribe((job) => {
    if (job.id !== id || job.done === 0 || job.done === job.total) return
    stop()
    void act()
  })
}

describe('a job', () => {
  it('tells subscribers how far it is, and its end', async () => {
    const seen: Job[] = []
    directory.jobs.subscribe((job) => seen.push(job))
    await finish(await start())
    expect(seen[0]).toMatchObject({ state: 'running', done: 0, total: people })
    expect(seen.some((job) => job.done > 0 && job.done < people)).toBe(true)
    expect(seen.at(-1)).toMatchObject({
      state: 'done',
      done: people,
      counts: { converted: people },
      rate: expect.any(Number),
    })
  })

  it('stops when it is paused, and goes on where it stopped', async () => {
    const id = await start()
    whenPartIsDone(id, () => directory.jobs.act(id, 'pause'))
    const paused = await finish(id)
    expect(paused.state).toBe('paused')
    expect(paused.done).toBeLessThan(people)
    expect(converted()).toBe(paused.done)
    await directory.jobs.act(id, 'resume')
    expect(await finish(id)).toMatchObject({ state: 'done', done: people, counts: { converted: people } })
    expect(converted()).toBe(people)
  })

  it('stops when it is cancelled, and what is done stays done and is said', async () => {
    const id = await start()
    whenPartIsDone(id, () => directory.jobs.act(id, 'cancel'))
    const cancelled = await finish(id)
    expect(cancelled.state).toBe('cancelled')
    expect(cancelled.counts['converted']).toBe(cancelled.done)
    expect(converted()).toBe(cancelled.done)
    await expect(directory.jobs.act(id, 'resume')).rejects.toThrow('cannot be resumed')
    expect((await directory.undo(id)).counts).toEqual({ restored: cancelled.done, left: 0 })
    expect(converted()).toBe(0)
  })

  it('waits once, and not before each batch, for a log that somebody reads from for hours', async () => {
    const users = Array.from({ length: 3000 }, (_, n) => ({
      line: n + 2,
      resource: { userName: `more${n}`, emails: [{ type: 'work', value: `more${n}@example.com` }] },
      role: undefined,
    }))
    await directory.administer('import-users', { directory: 'main', users })
    const id = await start()
    const reader = openReaderConnection(directory.dataDir)
    reader.exec('begin; select * from users')
    const beside = openWriterConnection(directory.dataDir)
    beside.exec('create table filler (bytes blob) strict; insert into filler values (zeroblob(20000000))')
    expect(await finish(id)).toMatchObject({ state: 'done', done: people + users.length })
    for (const connection of [reader, beside]) connection.close()
  })

  it('is taken over at once from a process that has died', async () => {
    const id = await start()
    const dead = JSON.stringify({ pid: 2 ** 22 + 1, host: (await import('node:os')).hostname(), birth: '', nonce: 'x' })
    await directory.administer('claim-job', { id, runner: dead, from: null })
    expect(await finish(id)).toMatchObject({ state: 'done', done: people })
  })

  it('is left to a process on another machine until that has been silent for too long', async () => {
    const id = await start()
    const other = JSON.stringify({ pid: 1, host: 'another machine', birth: '', nonce: 'x' })
    await directory.administer('claim-job', { id, runner: other, from: null })
    const since = directory.tick()
    const seen: number[] = []
    await directory.jobs.follow(id, { graceMs: 0, onProgress: () => seen.push(directory.tick()) })
    // The clock of the tests goes on by a second whenever it is asked.
    expect(Math.max(...seen) - since).toBeGreaterThan(leaseMs)
    expect(directory.jobs.get(id)).toMatchObject({ state: 'done', done: people })
  })

  it('never carries out a batch twice, nor one of a runner that has lost it', async () => {
    const id = await start()
    const job = await directory.administer('claim-job', { id, runner: '"mine"', from: null })
    const user = directory.store.users.byUserNameKey(directory.directoryId, 'user7')
    if (!job || !user) throw new Error('neither job nor user')
    const step = { id, runner: '"mine"', position: null, workedMs: 0 }
    const item = {
      seq: user.seq,
      id: user.id,
      version: user.version,
      userName: user.user_name,
      target: 'user7@example.com',
      derived: null,
      into: null,
      cycle: null,
      after: user.seq,
    }
    const batch = { stage: 'plain' as const, items: [item], limits: { budgetMs: 1000, atLeast: 1 } }
    const convert = (runner: string) => directory.administer('convert-user-ids', { step: { ...step, runner }, batch })
    expect(await convert('"other"')).toMatchObject({ kind: 'stopped' })
    expect(await convert('"mine"')).toMatchObject({ kind: 'advanced', job: { done: 1 } })
    expect(await convert('"mine"')).toMatchObject({ kind: 'stopped', job: { done: 1 } })
    expect(converted()).toBe(1)
  })

  it('fails in one line when what it works through is gone, and its lane is free again', async () => {
    const plan = await directory.preview()
    const id = await directory.conversions.start(plan.id)
    removePlanFile(directory.dataDir, plan.id)
    const failed = await finish(id)
    expect(failed).toMatchObject({
      state: 'failed',
      problem: expect.stringMatching(/^The preview [^\n]+ is gone\.[^\n]+$/),
    })
    expect(await finish(await start())).toMatchObject({ state: 'done' })
    await expect(directory.jobs.act(id, 'cancel')).rejects.toThrow('failed already')
  })

  it('fails with a bug, having done whole batches only, and can be resumed once that is mended', async () => {
    const id = await start()
    directory.connection.exec(
      "create trigger bug before update on users when old.user_name_key = 'user100' begin select raise(abort, 'a bug'); end",
    )
    const failed = await finish(id)
    expect(failed).toMatchObject({ state: 'failed', problem: expect.stringContaining('Rollcall failed') })
    expect(directory.troubles.join()).toContain(`Job ${id}`)
    expect(failed.counts['converted']).toBe(failed.done)
    directory.connection.exec('drop trigger bug')
    await directory.jobs.act(id, 'resume')
    expect(await finish(id)).toMatchObject({ state: 'done', done: people })
    expect(converted()).toBe(people)
  })
})

describe('a server', () => {
  it('takes on a job that somebody has started, while requests go on', async () => {
    const { engine, scim } = await startEngine()
    const ids = await Promise.all(
      Array.from({ length: 60 }, (_, n) =>
        scim.create('/Users', { userName: `person${n}`, emails: [{ value: `person${n}@example.com` }] }),
      ),
    )
    const directoryId = engine.reads.directories.bySlug('main')?.id ?? 0
    const plan = await engine.conversions.preview({
      directoryId,
      options: parseConversionOptions({ includeScim: true }),
    })
    const id = await engine.conversions.start(plan.id)
    const titles = ids.map((userId) =>
      scim.patch(`/Users/${userId}`, [{ op: 'replace', path: 'title', value: 'Pilot' }]),
    )
    const job = await eventually(
      async () => engine.jobs.get(id),
      (each) => each?.state === 'done',
      10_000,
    )
    expect(job?.counts).toMatchObject({ converted: 60, failed: 0 })
    expect((await Promise.all(titles)).map((answer) => answer.status)).toEqual(ids.map(() => 200))
    const found = await scim.find('/Users', 'userName eq "person7@example.com"')
    expect([found.at('/totalResults'), found.at('/Resources/0/title')]).toEqual([1, 'Pilot'])
  })
})
