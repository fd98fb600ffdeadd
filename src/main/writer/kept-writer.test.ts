import { expect, it, onTestFinished } from 'vitest'
import { threadBundle } from '../../../test/thread-bundles.ts'
import { createDataDir, createTestDirectory } from '../directory/test-directory.fixture.ts'
import { openWriterConnection } from '../store/file/database-files.ts'
import { keepWriter } from './kept-writer.ts'
import { startThreadedWriter } from './threaded-writer.ts'

/** A thread that ends by itself over its first command, as one does that runs out of memory. */
const dying = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads'
    parentPort.once('message', () => { throw new Error('out of memory') })
    parentPort.postMessage({ kind: 'ready' })
  `)}`,
)
/** A thread that closes without another look at what has come meanwhile. */
const closing = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads'
    parentPort.on('message', ({ kind }) => {
      if (kind !== 'close') return
      parentPort.postMessage({ kind: 'closed' })
      parentPort.close()
    })
    parentPort.postMessage({ kind: 'ready' })
  `)}`,
)
const missing = new URL('data:text/javascript,throw new Error("no such thread")')
/** In its place none can even be begun: the attempt throws before there is a promise. */
const none = new URL('data:,none')

/** A directory, and a writer on it whose threads are these, one after the other. */
async function writerOf(...threads: readonly URL[]) {
  const dataDir = createDataDir()
  const connection = openWriterConnection(dataDir.path)
  const { command } = createTestDirectory(connection)
  const troubles: string[] = []
  const left = [...threads]
  const settings = { dataDir: dataDir.path, bulkMaxOperations: 1, commitDelayMs: 0 }
  const queue = await keepWriter(
    (onGone) => {
      const thread = left.shift() ?? missing
      if (thread === none) throw new Error('no thread is left on this machine')
      return startThreadedWriter(thread, settings, { onWritten: () => undefined, onGone })
    },
    (message) => void troubles.push(message),
  )
  onTestFinished(async () => {
    await queue.close()
    connection.close()
    dataDir.remove()
  })
  return { queue, troubles, create: (userName: string) => queue.execute(command('POST', '/Users', { userName })) }
}

it('goes on in another thread when its own has ended by itself; only what that one had is interrupted', async () => {
  const { create, troubles } = await writerOf(dying, threadBundle('writer-thread'))
  expect(await create('poison')).toMatchObject({ kind: 'interrupted' })
  // The new thread is not ready yet: these wait for it.
  const outcomes = await Promise.all([create('ana'), create('ben')])
  expect(outcomes).toMatchObject([
    { kind: 'answer', answer: { status: 201 } },
    { kind: 'answer', answer: { status: 201 } },
  ])
  expect(troubles).toEqual([expect.stringContaining('out of memory')])
})

it('tries it again with the next command where no thread can be started', async () => {
  const { create } = await writerOf(dying, missing, threadBundle('writer-thread'))
  expect(await create('poison')).toMatchObject({ kind: 'interrupted' })
  expect(await create('ana')).toMatchObject({ kind: 'store-error' })
  expect(await create('ana')).toMatchObject({ kind: 'answer', answer: { status: 201 } })
})

it('tries it again also where the attempt to start one threw at once', async () => {
  const { create } = await writerOf(dying, none, threadBundle('writer-thread'))
  expect(await create('poison')).toMatchObject({ kind: 'interrupted' })
  expect(await create('ana')).toMatchObject({ kind: 'store-error' })
  expect(await create('ana')).toMatchObject({ kind: 'answer', answer: { status: 201 } })
})

it('answers what comes while it closes', async () => {
  const { queue, create } = await writerOf(closing)
  const closed = queue.close()
  expect(await create('ana')).toMatchObject({ kind: 'interrupted' })
  await closed
})
