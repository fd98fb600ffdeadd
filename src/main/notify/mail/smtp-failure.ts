import { errorCode } from '../../error-code.ts'
import { oneLine } from '../plain-text.ts'
import type { DeliveryOutcome } from '../delivery.ts'

interface MailError {
  readonly code: string
  readonly responseCode: number
  readonly message: string
}

function read(error: unknown): MailError {
  if (!(error instanceof Error)) return { code: '', responseCode: 0, message: String(error) }
  const responseCode = 'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : 0
  return { code: errorCode(error) ?? '', responseCode, message: oneLine(error.message, 300) }
}

/** The sentence for a connection that never came about, in which what the system says of it is no help to anybody. */
function unreached({ code, message }: MailError): string | undefined {
  const [, reason = '', address = ''] =
    /\b(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH) ?(\S*)/.exec(message) ?? []
  switch (reason) {
    case 'ECONNREFUSED':
      return `The mail server does not answer: nothing listens at ${address}. Check its name and port, and that it runs.`
    case 'ENOTFOUND':
      return `The name of the mail server, ${address}, is not known. Check its spelling, and that it has a DNS record.`
    case 'EAI_AGAIN':
      return `The name of the mail server, ${address}, cannot be looked up at present. Check the network of this machine and its DNS.`
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `The mail server does not answer: there is no way from this machine to ${address}. Check the network.`
    default:
      return code === 'ETIMEDOUT'
        ? 'The mail server does not answer in time. Check its port and encryption, and that no firewall is in between.'
        : undefined
  }
}

/** What to do about the mail server, where that is known. */
function advice({ code }: MailError): string {
  switch (code) {
    case 'EAUTH':
    case 'ENOAUTH':
      return ' Check the user and the password of the mail server.'
    case 'EDNS':
      return ' Check the name of the mail server.'
    case 'ETLS':
      return ' Check the encryption and the certificate authority of the mail server.'
    case 'ESOCKET':
    case 'ECONNECTION':
    case 'ETIMEDOUT':
      return ' The mail server does not answer.'
    default:
      return ''
  }
}

/**
 * What a failed attempt means. A 5xx to the recipient or to the message is for ever (RFC 5321 §4.2.1); everything about the connection, the
 * encryption or signing in can be mended, and so can every 4xx.
 */
export function outcomeOfMailError(error: unknown): DeliveryOutcome {
  const found = read(error)
  const isAboutMessage = found.code === 'EENVELOPE' || found.code === 'EMESSAGE'
  const isForEver = isAboutMessage && (found.responseCode >= 500 || found.responseCode === 0)
  const problem = unreached(found) ?? `${found.message.replace(/\.$/, '')}.${advice(found)}`
  return { kind: isForEver ? 'hopeless' : 'failed', problem }
}
