import { canWait } from '../administration/administration.ts'
import type { Command } from './command.ts'

/** Whether a command is in no hurry: a batch of long work, before which requests go. */
export function isPatient(command: Command): boolean {
  return command.kind === 'administration' && canWait(command.name)
}
