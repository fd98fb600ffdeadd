import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { lockHolder } from '../data-dir/data-dir-lock.ts'
import type { LaunchOptions } from '../launch-options.ts'
import { threads } from '../running-engine.fixture.ts'
import { createEngineRunner, type EngineRunner } from './engine-runner.ts'
import type { HostedEngine } from './hosted-engine.ts'

interface Run {
  readonly runner: EngineRunner
  readonly dataDir: string
  /** What happened, in order. */
  readonly events: readonly string[]
  /** Asks the engine's host to begin anew, and resolves when that is over. */
  restart(work: () => void, after?: () => Promise<void>): Promise<HostedEngine>
}

function createRun(launch: Partial<LaunchOptions> = {}, answers: readonly boolean[] = []): Run {
  const dataDir = launch.dataDir ?? mkdtempSync(join(tmpdir(), 'rollcall-runner-'))
  const events: string[] = []
  const left = [...answers]
  let opened: (hosted: HostedEngine) => void = () => undefined
  const runner = createEngineRunner({
    launch: { dataDir, vault: 'file', host: undefined, port: 0, publicUrl: undefined, isHidden: true, ...launch },
    threads,
    desktop: { show: () => undefined },
    askWhereToSave: () => Promise.resolve(undefined),
    onTrouble: (message) => void events.push(`trouble: ${message}`),
    onUnable(error) {
      events.push(`unable: ${error instanceof Error ? error.message : String(error)}`)
      return Promise.resolve(left.shift() ?? false)
    },
    onFailed: (problem) => void events.push(`failed: ${problem}`),
    onOpened(hosted) {
      events.push('opened')
      opened(hosted)
    },
    onClosing: () => void events.push('closing'),
    onGivenUp: () => void events.push('given up'),
  })
  onTestFinished(async () => {
    await runner.close()
    rmSync(dataDir, { recursive: true, force: true })
  })
  return {
    runner,
    dataDir,
    events,
    restart(work, after = () => Promise.resolve()) {
      return new Promise((resolve) => {
        opened = resolve
        runner.current()?.api.host?.restart(work, after)
      })
    },
  }
}

async function isServed(url: string): Promise<boolean> {
  return fetch(`${url}/v2/Users`).then(
    ({ status }) => status === 401,
    () => false,
  )
}

test('the engine is closed, worked on while nothing is open, and opened anew at the same address', async () => {
  const { runner, dataDir, events, restart } = createRun()
  const first = await runner.start()
  expect(await isServed(first?.url ?? '')).toBe(true)
  let seen: unknown
  const second = await restart(() => {
    // SQLite takes its log away with the last connection.
    seen = { isOpen: runner.current() !== undefined, hasLog: existsSync(join(dataDir, 'rollcall.db-wal')) }
  })
  expect(seen).toEqual({ isOpen: false, hasLog: false })
  expect(second.url).toBe(first?.url)
  expect(second.engine).not.toBe(first?.engine)
  expect(await isServed(second.url)).toBe(true)
  expect(events).toEqual(['closing', 'opened'])
})

test('the data directory stays ours during a restart, and is given free at the end', async () => {
  const { runner, dataDir, restart } = createRun()
  await runner.start()
  let holder: unknown
  await restart(() => {
    holder = lockHolder(dataDir, Date.now())?.pid
  })
  expect(holder).toBe(process.pid)
  await runner.close()
  expect(lockHolder(dataDir, Date.now())).toBeUndefined()
})

test('work that fails is told, nothing is done after it, and the engine is there again', async () => {
  const { runner, events, restart } = createRun()
  await runner.start()
  const done: string[] = []
  const hosted = await restart(
    () => {
      throw new Error('The backup is damaged.')
    },
    async () => void done.push('after'),
  )
  expect(await isServed(hosted.url)).toBe(true)
  expect(done).toEqual([])
  expect(events).toEqual(['closing', 'failed: The backup is damaged.', 'opened'])
})

test('quitting waits for a restart, and nothing is opened after it', async () => {
  const { runner } = createRun()
  const hosted = await runner.start()
  hosted?.api.host?.restart(
    () => undefined,
    () => Promise.resolve(),
  )
  await runner.close()
  expect(runner.current()).toBeUndefined()
  expect(await isServed(hosted?.url ?? '')).toBe(false)
})

test('a data directory that another one works on is tried as often as the person wants, and then given up', async () => {
  const first = createRun()
  await first.runner.start()
  const second = createRun({ dataDir: first.dataDir }, [true, false])
  expect(await second.runner.start()).toBeUndefined()
  expect(second.events).toEqual([
    expect.stringContaining('is running on'),
    expect.stringContaining('is running on'),
    'given up',
  ])
  expect(lockHolder(first.dataDir, Date.now())?.pid).toBe(process.pid)
})
