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
  return { kind: isForEver ? 'hopeless' : 'failed', problem: `${found.message.replace(/\.$/, '')}.${advice(found)}` }
}
