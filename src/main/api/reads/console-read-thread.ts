import { parentPort, workerData } from 'node:worker_threads'
import { Refusal } from '../../administration/refusal.ts'
import { toStoreError } from '../../store/store-error.ts'
import { unreachable } from '../../../scim/unreachable.ts'
import type { ReadReply, ReadRequest, ToReadThread } from './console-reads.ts'
import { runRead } from './read-commands.ts'
import { openReadSources, type ReadSources, type ReadThreadData } from './read-sources.ts'

const data: ReadThreadData = workerData
let sources: ReadSources | undefined

/** What is being answered, by its id. */
const underWay = new Map<number, AbortController>()

async function answer({ id, name, input }: ReadRequest): Promise<ReadReply> {
  const givenUp = new AbortController()
  underWay.set(id, givenUp)
  try {
    sources ??= openReadSources(data)
    return { id, kind: 'value', value: await runRead(sources, name, input, givenUp.signal) }
  } catch (error) {
    if (error instanceof Refusal) return { id, kind: 'refused', problem: error.message }
    const known = toStoreError(error, data.dataDir)
    if (known) return { id, kind: 'store-error', problem: known.message }
    return { id, kind: 'bug', problem: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  } finally {
    underWay.delete(id)
  }
}

parentPort?.on('message', (message: ToReadThread) => {
  switch (message.kind) {
    case 'read':
      void answer(message.request).then((reply) => parentPort?.postMessage(reply))
      return undefined
    case 'give-up':
      return underWay.get(message.id)?.abort()
    case 'close':
      for (const each of underWay.values()) each.abort()
      sources?.close()
      return parentPort?.close()
    default:
      return unreachable(message)
  }
})
