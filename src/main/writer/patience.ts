import { canWait } from '../administration/administration.ts'
import type { Command } from './command.ts'

/** A bulk request of so many characters, some fifty operations, takes longer than all requests that wait together. */
const longBulk = 64 * 1024

/** Whether a command is in no hurry: a batch of long work, or a bulk request that is one, before which requests go. It has a transaction to itself. */
export function isPatient(command: Command): boolean {
  if (command.kind === 'bulk') return command.body.length >= longBulk
  return command.kind === 'administration' && canWait(command.name)
}
