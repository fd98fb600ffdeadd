import { threadBundle } from '../../../test/thread-bundles.ts'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { JobRow } from '../store/jobs/jobs.ts'
import { openWriterConnection } from '../store/file/database-files.ts'
import { base, createDataDir, createTestDirectory, type TestDirectory } from '../directory/test-directory.fixture.ts'
import type { AdministrationCommand, Command } from './command.ts'
import { startThreadedWriter } from './threaded-writer.ts'
import { createWriter } from './writer.ts'

const people = 50

/** A directory with a job that is about to do a batch of many users, and that batch as a command. */
function directoryWithJob() {
  const dataDir = createDataDir()
  const connection = openWriterConnection(dataDir.path)
  onTestFinished(() => {
    connection.close()
    dataDir.remove()
  })
  const directory = createTestDirectory(connection)
  const { store, directoryId } = directory
  const items = Array.from({ length: people }, (_, n) => {
    const userName = `user${n}`
    const id = directory.addUser(userName)
    const seq = store.users.any(directoryId, id)?.seq ?? 0
    return {
      seq,
      id,
      version: 1,
      userName,
      target: `${userName}@x.example`,
      derived: null,
      into: null,
      cycle: null,
      after: seq,
    }
  })
  const planned = {
    converts: people,
    merges: 0,
    already: 0,
    'no-address': 0,
    invalid: 0,
    conflict: 0,
    protected: 0,
    skipped: 0,
    left: 0,
  }
  const options = {
    direction: 'to-address' as const,
    sources: [],
    domainMap: {},
    umlauts: 'plain' as const,
    includeScim: true,
    hasList: false,
  }
  directory.administer('start-conversion', { directoryId, planId: 'plan', options, planned })
  directory.administer('claim-job', { id: 1, runner: '"me"', from: null })
  const step = { id: 1, runner: '"me"', position: null, workedMs: 0 }
  const batch: AdministrationCommand = {
    kind: 'administration',
    name: 'convert-user-ids',
    input: { step, batch: { stage: 'plain', items, limits: { budgetMs: 60_000, atLeast: 7 } } },
    actor: 'command line',
    now: directory.tick(),
  }
  return { ...directory, connection, dataDir: dataDir.path, batch }
}

/** Hands a writer one request, which it begins with, and behind it something long and another request; `order` is that of the outcomes. */
async function together(dataDir: string, command: TestDirectory['command'], long: Command) {
  const queue = await startThreadedWriter(
    threadBundle('writer-thread'),
    { dataDir, bulkMaxOperations: 1000, commitDelayMs: 0 },
    { onWritten: () => undefined, onGone: () => undefined },
  )
  onTestFinished(() => queue.close())
  const order: string[] = []
  const execute = async (name: string, given: Command) => {
    const outcome = await queue.execute(given)
    order.push(name)
    return outcome
  }
  // The first command goes to the writer at once, the others together behind it.
  const outcomes = await Promise.all([
    execute('first', command('POST', '/Users', { userName: 'first' })),
    execute('long', long),
    execute('request', command('POST', '/Users', { userName: 'request' })),
  ])
  return { outcomes, order }
}

interface Advanced {
  readonly processed: number
  readonly job: JobRow
}

describe('a batch of long work', () => {
  it('ends early, and notes how far it came, when requests wait', () => {
    const { connection, batch, store } = directoryWithJob()
    const writer = createWriter(connection, { bulkMaxOperations: 1, isAwaited: () => true })
    const [outcome] = writer.execute([batch])
    expect(outcome).toMatchObject({
      kind: 'value',
      value: { kind: 'advanced', processed: 7 } satisfies Partial<{ kind: string } & Advanced>,
    })
    expect(store.jobs.byId(1)).toMatchObject({ done: 7, state: 'running' })
  })

  it('lets the requests go first that came with it, and is carried out all the same', async () => {
    const { dataDir, batch, command } = directoryWithJob()
    const { outcomes, order } = await together(dataDir, command, batch)
    expect(outcomes.map(({ kind }) => kind)).toEqual(['answer', 'value', 'answer'])
    expect(order).toEqual(['first', 'request', 'long'])
  })
})

describe('a bulk request', () => {
  it.each([
    ['of a thousand people lets the requests go first that came with it', 1000, ['first', 'request', 'long']],
    ['of two people takes its turn', 2, ['first', 'long', 'request']],
  ])('%s', async (_, size, expected) => {
    const { dataDir, command, entra, tick, store, directoryId } = directoryWithJob()
    const operations = Array.from({ length: size }, (_each, n) => ({
      method: 'POST',
      path: '/Users',
      bulkId: String(n),
      data: { userName: `bulk${n}` },
    }))
    const body = JSON.stringify({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
      Operations: operations,
    })
    const bulk: Command = { kind: 'bulk', integrationId: entra, body, base, requestId: 'bulk', now: tick() }
    const { outcomes, order } = await together(dataDir, command, bulk)
    expect(outcomes.map(({ kind }) => kind)).toEqual(['answer', 'answer', 'answer'])
    expect(order).toEqual(expected)
    expect(store.users.byUserNameKey(directoryId, `bulk${size - 1}`)).toBeDefined()
  })
})
