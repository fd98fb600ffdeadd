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

/** The sentence for a connection that could not be encrypted. nodemailer puts a code of its own in the place of what Node said, so its words decide. */
function unencrypted({ message }: MailError): string | undefined {
  if (/self-signed certificate|unable to (?:get|verify)|certificate not trusted/i.test(message))
    return 'No authority that this machine trusts vouches for the certificate of the mail server. If it is of a private one, give the certificate of that authority (--ca FILE).'
  if (/certificate has expired/i.test(message))
    return 'The certificate of the mail server has expired. It has to be renewed there.'
  if (/certificate is not yet valid/i.test(message))
    return 'The certificate of the mail server is not valid yet. Check the clock of this machine.'
  if (/does not match certificate's altnames/i.test(message))
    return 'The certificate of the mail server is for another name. Use the name that stands in it as the host.'
  if (/SSL routines/.test(message))
    return 'The mail server does not speak TLS at this port. Choose the encryption that belongs to it: tls is usual at 465, starttls at 587.'
  return undefined
}

/** The sentence for a greeting that is none of a mail server ready for mail; nodemailer says it twice. */
function ungreeted({ message }: MailError): string | undefined {
  const said = /^Invalid greeting\. response=(.*): \1$/.exec(message)?.[1]
  if (said === undefined) return undefined
  return /^[45]\d\d\b/.test(said)
    ? `The mail server turns this machine away: ${said.replace(/\.$/, '')}.`
    : `What answers at this port is no mail server: ${said.replace(/\.$/, '')}. Check host and port.`
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
  const problem =
    unreached(found) ?? unencrypted(found) ?? ungreeted(found) ?? `${found.message.replace(/\.$/, '')}.${advice(found)}`
  return { kind: isForEver ? 'hopeless' : 'failed', problem }
}
