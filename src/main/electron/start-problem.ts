import { addressProblem } from '../address-problem.ts'
import { errorCode } from '../error-code.ts'
import { defaultHost, defaultPort } from '../endpoint-settings.ts'
import type { LaunchOptions } from '../launch-options.ts'

const addressCodes: ReadonlySet<string> = new Set(['EADDRINUSE', 'EACCES', 'EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN'])

/** The port that the system refused; a setting may have chosen it. */
function refusedPort(error: unknown): number | undefined {
  return error instanceof Error && 'port' in error && typeof error.port === 'number' ? error.port : undefined
}

function refusedHost(error: unknown): string | undefined {
  return error instanceof Error && 'address' in error && typeof error.address === 'string' ? error.address : undefined
}

/** Why Rollcall cannot start: one line that says what to do. Errors of the store, the vault and the lock say that themselves. */
export function startProblem(error: unknown, { host, port }: LaunchOptions): string {
  const problem = addressProblem(
    error,
    refusedHost(error) ?? host ?? defaultHost,
    refusedPort(error) ?? port ?? defaultPort,
  )
  const isAboutAddress = addressCodes.has(errorCode(error) ?? '')
  const line = isAboutAddress ? `${problem} Rollcall takes another address by --host and --port.` : problem
  return line.replaceAll(/\s*\n\s*/g, ' ').trim()
}
