import { Refusal } from '../../main/administration/refusal.ts'
import { errorCode } from '../../main/error-code.ts'

/** An address, and with what another host or port is chosen. */
interface Address {
  readonly host: string
  readonly port: number
  readonly byHost: string
  readonly byPort: string
}

/** Turns what the system said about listening on an address into one line that says what to do; other errors come back as they are. */
export function listenProblem(error: unknown, { host, port, byHost, byPort }: Address): unknown {
  const code = errorCode(error)
  switch (code) {
    case 'EADDRINUSE':
      return new Refusal(`Port ${port} on ${host} is in use. Stop what uses it, or choose another one with ${byPort}.`)
    case 'EACCES':
      return new Refusal(`This user may not listen on port ${port}. Choose one above 1023 with ${byPort}.`)
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new Refusal(
        `${host} is no address of this machine. Choose another one with ${byHost}, e.g. 127.0.0.1 or 0.0.0.0.`,
      )
    default:
      return error
  }
}
