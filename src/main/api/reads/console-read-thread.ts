import { parentPort, workerData } from 'node:worker_threads'
import { Refusal } from '../../administration/refusal.ts'
import { toStoreError } from '../../store/store-error.ts'
import { unreachable } from '../../../scim/unreachable.ts'
import type { ReadReply, ReadRequest, ToReadThread } from './console-reads.ts'
import { runRead } from './read-commands.ts'
import { openReadSources, type ReadSources, type ReadThreadData } from './read-sources.ts'

const data: ReadThreadData = workerData
let sources: ReadSources | undefined

async function answer({ id, name, input }: ReadRequest): Promise<ReadReply> {
  try {
    sources ??= openReadSources(data)
    return { id, kind: 'value', value: await runRead(sources, name, input) }
  } catch (error) {
    if (error instanceof Refusal) return { id, kind: 'refused', problem: error.message }
    const known = toStoreError(error, data.dataDir)
    if (known) return { id, kind: 'store-error', problem: known.message }
    return { id, kind: 'bug', problem: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

parentPort?.on('message', (message: ToReadThread) => {
  switch (message.kind) {
    case 'read':
      void answer(message.request).then((reply) => parentPort?.postMessage(reply))
      return undefined
    case 'close':
      sources?.close()
      return parentPort?.close()
    default:
      return unreachable(message)
  }
})
