import { errorCode } from '../error-code.ts'
import type { LaunchOptions } from '../launch-options.ts'

/** Why Rollcall cannot start: one line that says what to do. */
export function startProblem(error: unknown, { host, port }: LaunchOptions): string {
  switch (errorCode(error)) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is in use by another program. End that one and try again, or start Rollcall with --port.`
    case 'EACCES':
      return `This user may not listen on port ${port}. Start Rollcall with a --port above 1023.`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `${host} is no address of this machine. Start Rollcall with another --host, such as 127.0.0.1.`
    default:
      // Errors of the store, the vault and the lock say themselves what to do.
      return (error instanceof Error ? error.message : String(error)).replaceAll(/\s*\n\s*/g, ' ').trim()
  }
}
