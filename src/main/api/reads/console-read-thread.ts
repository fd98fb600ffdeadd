import { parentPort, workerData } from 'node:worker_threads'
import { Refusal } from '../../administration/refusal.ts'
import { toStoreError } from '../../store/store-error.ts'
import type { ReadReply, ReadRequest } from './console-reads.ts'
import { runRead } from './read-commands.ts'
import { openReadSources, type ReadSources } from './read-sources.ts'

const { dataDir }: { readonly dataDir: string } = workerData
let sources: ReadSources | undefined

function answer({ id, name, input }: ReadRequest): ReadReply {
  try {
    sources ??= openReadSources(dataDir)
    return { id, kind: 'value', value: runRead(sources, name, input) }
  } catch (error) {
    if (error instanceof Refusal) return { id, kind: 'refused', problem: error.message }
    const known = toStoreError(error, dataDir)
    if (known) return { id, kind: 'store-error', problem: known.message }
    return { id, kind: 'bug', problem: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

parentPort?.on('message', (request: ReadRequest) => parentPort?.postMessage(answer(request)))
