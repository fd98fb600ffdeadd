import { workerData } from 'node:worker_threads'
import { moveLog, prepareLogEnd } from '../store/file/checkpoint.ts'
import { openWriterConnection } from '../store/file/database-files.ts'
import { prepareLogRoom } from '../store/file/log-room.ts'
import { prepareSettings } from '../store/configuration/settings.ts'
import { toStoreError } from '../store/store-error.ts'
import type { CheckpointSettings } from './checkpoints.ts'

/** How often is looked whether there is something to move, in ms. */
const everyMs = 500

/** Behind a long log: how long is rested before the rest of it is moved, in ms, and how often in a row. */
const restMs = 5
const mostInARow = 40

/** Between two pieces of room for the log: how long is rested, in ms, and how many are made in a row at most. */
const pieceRestMs = 1
const mostPieces = 512

const settings: CheckpointSettings = workerData
const stop = new Int32Array(settings.stop)
const connection = openWriterConnection(settings.dataDir)
const { dataVersion } = prepareSettings(connection)
const log = prepareLogEnd(connection)
const room = prepareLogRoom(connection)
const rest = (milliseconds: number) => Atomics.wait(stop, 0, 0, milliseconds) === 'timed-out'
let seen = 0

/** What the database's version is by now; as before where it cannot be read, which the writer tells, and it is looked at again. */
function versionNow(): number {
  try {
    return dataVersion()
  } catch (error) {
    if (toStoreError(error, settings.dataDir)) return seen
    throw error
  }
}

while (rest(everyMs)) {
  const current = versionNow()
  if (current === seen) continue
  for (let more = mostPieces; more > 0 && room.extend() && rest(pieceRestMs); more -= 1);
  if (moveLog(connection)) seen = current
  for (let more = mostInARow; more > 0 && log.isLong() && rest(restMs); more -= 1) moveLog(connection)
}
connection.close()
