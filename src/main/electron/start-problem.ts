import { addressProblem } from '../address-problem.ts'
import { errorCode } from '../error-code.ts'
import { usualAddress, type LaunchOptions } from '../launch-options.ts'

const addressCodes: ReadonlySet<string> = new Set(['EADDRINUSE', 'EACCES', 'EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN'])

/** Why Rollcall cannot start: one line that says what to do. Errors of the store, the vault and the lock say that themselves. */
export function startProblem(error: unknown, { host, port }: LaunchOptions): string {
  const problem = addressProblem(error, host ?? usualAddress.host, port ?? usualAddress.port)
  const isAboutAddress = addressCodes.has(errorCode(error) ?? '')
  const line = isAboutAddress ? `${problem} Rollcall takes another address by --host and --port.` : problem
  return line.replaceAll(/\s*\n\s*/g, ' ').trim()
}
