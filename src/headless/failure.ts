import { CommanderError } from 'commander'
import { UsageError } from './usage-error.ts'

/** 0 done (help, version), 1 failed, 2 wrong usage. */
export function exitStatusOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  return error instanceof UsageError ? 2 : 1
}

/** The one line that says what to do; undefined where commander has said it already. */
export function problemOf(error: unknown): string | undefined {
  if (error instanceof CommanderError) return undefined
  return error instanceof Error ? error.message : String(error)
}
