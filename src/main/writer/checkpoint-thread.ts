import { workerData } from 'node:worker_threads'
import { moveLog } from '../store/checkpoint.ts'
import { openWriterConnection } from '../store/database-files.ts'
import { prepareSettings } from '../store/settings.ts'
import type { CheckpointSettings } from './checkpoints.ts'

/** How often is looked whether there is something to move, in ms. */
const everyMs = 500

const settings: CheckpointSettings = workerData
const stop = new Int32Array(settings.stop)
const connection = openWriterConnection(settings.dataDir)
const { dataVersion } = prepareSettings(connection)
let seen = 0
while (Atomics.wait(stop, 0, 0, everyMs) === 'timed-out') {
  const current = dataVersion()
  if (current === seen) continue
  if (moveLog(connection)) seen = current
}
connection.close()
