import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { seedPeople } from '../../main/conversion/people.fixture.ts'
import { eventually } from '../../../test/eventually.ts'
import { startServer } from '../../../test/server.ts'
import { type CommandLine, commandLine } from '../command.fixture.ts'

const Job = z.looseObject({
  id: z.number(),
  state: z.string(),
  done: z.number(),
  counts: z.record(z.string(), z.number()),
})

const newestJob = async (line: Pick<CommandLine, 'json'>) => z.array(Job).parse(await line.json('jobs', 'list'))[0]

test('a job is paused, shown, resumed and cancelled, and what is done is said', async () => {
  // A server whose commits are slow, so that the job does not end before it is stopped.
  const server = await startServer({ env: { ROLLCALL_BENCH_COMMIT_DELAY_MS: '100' } })
  try {
    seedPeople(server.dataDir, 4000, 1)
    const json = (...args: readonly string[]) => server.rollcall(...args)
    const convert = json('user-ids', 'convert', '--yes').catch((error: unknown) => String(error))
    await eventually(
      () => newestJob({ json }),
      (job) => (job?.done ?? 0) > 0,
      20_000,
    )
    const paused = Job.parse(await json('jobs', 'pause', '1'))
    expect(paused.state).toBe('paused')
    expect(paused.counts['converted']).toBe(paused.done)
    expect(await convert).toContain('was paused')
    const resumed = json('jobs', 'resume', '1').catch((error: unknown) => String(error))
    await eventually(
      async () => Job.parse(await json('jobs', 'show', '1')),
      (job) => job.done > paused.done,
      20_000,
    )
    const cancelled = Job.parse(await json('jobs', 'cancel', '1'))
    expect(cancelled).toMatchObject({ state: 'cancelled' })
    expect(await resumed).toContain('was cancelled')
    await expect(json('jobs', 'pause', '1')).rejects.toThrow('cannot be paused')
    const undone = await json('user-ids', 'undo', '1', '--yes')
    expect(undone).toEqual({ job: 2, restored: cancelled.done, left: 0 })
  } finally {
    await server.stop()
  }
})

test('Ctrl+C lets a job wait where no server goes on with it, and it is resumed', async () => {
  const line = commandLine()
  await line.json('users', 'list')
  seedPeople(line.dataDir, 20_000, 1)
  let before = 0
  const isUnderWay = async () => {
    before = (await newestJob(line))?.done ?? 0
    return before > 0
  }
  expect(await line.interrupt('SIGINT', isUnderWay, 'user-ids', 'convert', '--yes')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringMatching(/^Job 1 waits, with \d+ of 19400 done\. Go on with: rollcall jobs resume 1\n$/),
  })
  const resumed = Job.parse(await line.json('jobs', 'resume', '1'))
  expect(resumed).toMatchObject({ state: 'done', done: 19_400, counts: { converted: 19_400, failed: 0 } })
  expect(resumed.done).toBeGreaterThan(before)
  const shown = await line.run('jobs', 'show', '1')
  expect(shown.stdout).toContain('Job 1: 19,400 of 19,400 (100 %)')
})

test('a job on which nobody works is told as one that waits, with how it goes on, and no other one begins', async () => {
  const line = commandLine()
  await line.json('users', 'list')
  seedPeople(line.dataDir, 5, 1)
  const twins = 'userName,email\ntwin1,twin@example.com\ntwin2,twin@example.com\n'
  await line.direct('users', 'import', line.write('twins.csv', twins), '--yes')
  await line.json('user-ids', 'convert', '--yes')
  await line.direct('user-ids', 'preview')
  await line.direct('user-ids', 'decide', 'twin1', '--skip')
  const database = new Database(join(line.dataDir, 'rollcall.db'))
  onTestFinished(() => void database.close())
  // As a process leaves it that was killed.
  database.exec("update jobs set state = 'running', ended_at = null, runner = 'gone', lease_until = 1")
  expect(await line.run('user-ids', 'convert', '--domain', 'example.org', '--yes')).toMatchObject({
    exitCode: 1,
    stderr:
      'Job 1 is of the same kind and waits. Go on with: rollcall jobs resume 1, or cancel it: rollcall jobs cancel 1\n',
  })
  // The preview that was not carried out has not taken the place of the one with a decision.
  expect(await line.json('user-ids', 'decide', 'twin2', '--skip')).toMatchObject({ preview: { skipped: 2 } })
})

test.each([
  [['show', '9'], 1],
  [['cancel', '9'], 1],
  [['resume', '9'], 1],
  [['pause'], 2],
  [['pause', 'first'], 2],
])('jobs %j is refused in one line', async (args, status) => {
  const { exitCode, stdout, stderr } = await commandLine().run('jobs', ...args)
  expect([exitCode, stdout]).toEqual([status, ''])
  expect(stderr).toMatch(/^[^\n]+\n$/)
})
