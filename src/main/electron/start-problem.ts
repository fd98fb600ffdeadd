import type { LaunchOptions } from '../launch-options.ts'
import { listenError } from '../listen-error.ts'

/** Why Rollcall cannot start: one line that says what to do. */
export function startProblem(error: unknown, { host, port }: LaunchOptions): string {
  const address = listenError(error, host, port)
  if (address !== undefined)
    return `${address} End what uses it and try again, or start Rollcall with another --host or --port.`
  // Errors of the store, the vault and the lock say themselves what to do.
  return (error instanceof Error ? error.message : String(error)).replaceAll(/\s*\n\s*/g, ' ').trim()
}
