import { parentPort, workerData } from 'node:worker_threads'
import { replyOf } from './thread-reply.ts'
import type { BackupReply } from './write-backup-aside.ts'
import { type BackupInput, writeBackup } from './write-backup.ts'

/** Writes one backup in a thread of its own: the copy is one long call of SQLite, during which nobody could ask the process to stop. */

const input: BackupInput = workerData

const reply: BackupReply = replyOf(() => writeBackup(input))
parentPort?.postMessage(reply)
