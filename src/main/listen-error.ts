import { errorCode } from './error-code.ts'

/** What the system says about listening on an address, as a sentence; undefined for what has nothing to do with that. */
export function listenError(error: unknown, host: string, port: number): string | undefined {
  switch (errorCode(error)) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is in use by another program.`
    case 'EACCES':
      return `This user may not listen on port ${port}.`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `${host} is no address of this machine.`
    default:
      return undefined
  }
}
