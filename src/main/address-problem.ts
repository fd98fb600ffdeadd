import { errorCode } from './error-code.ts'

/** Why the system does not let the endpoint listen at an address, with what to do about it. */
export function addressProblem(error: unknown, host: string, port: number): string {
  switch (errorCode(error)) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is in use by another program. Choose another port, or stop that program.`
    case 'EACCES':
      return `This user may not listen on port ${port}. Choose one above 1023.`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `${host} is no address of this machine. 127.0.0.1 is this machine alone, 0.0.0.0 all of its addresses.`
    default:
      return error instanceof Error ? error.message : String(error)
  }
}
