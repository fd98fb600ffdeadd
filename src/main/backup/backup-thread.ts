import { parentPort, workerData } from 'node:worker_threads'
import { Refusal } from '../administration/refusal.ts'
import { StoreError } from '../store/store-error.ts'
import type { BackupReply } from './write-backup-aside.ts'
import { type BackupInput, writeBackup } from './write-backup.ts'

/** Writes one backup in a thread of its own: the copy is one long call of SQLite, during which nobody could ask the process to stop. */

const input: BackupInput = workerData

function reply(): BackupReply {
  try {
    return { kind: 'written', written: writeBackup(input) }
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    if (error instanceof Refusal) return { kind: 'refused', problem }
    if (error instanceof StoreError) return { kind: 'store-error', code: error.code, problem }
    throw error
  }
}

parentPort?.postMessage(reply())
