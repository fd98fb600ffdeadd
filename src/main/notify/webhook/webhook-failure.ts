import { type ConnectionFailure, connectionFailure } from '../../connection-failure.ts'
import { oneLine } from '../plain-text.ts'

const untrusted = 'No CA that this machine trusts vouches for the certificate of the receiver. Use one of a public CA.'
const notValid = 'The certificate of the receiver is not valid at this moment. Renew it.'

const sentences: Readonly<Record<ConnectionFailure, string>> = {
  'unknown-name': 'The name in the URL is not known. Check its spelling, and that it has a DNS record.',
  'no-lookup': 'The name in the URL cannot be looked up at present. Check the network of this machine and its DNS.',
  'nobody-listens': 'Nothing listens at the address and port of the URL. Start the receiver, or correct the URL.',
  'no-way': 'There is no way from this machine to the receiver. Check the network, and the URL.',
  'cut-off':
    'The receiver closed the connection without an answer. Look into its log, and into that of a proxy in front of it.',
  late: 'The receiver did not answer in time. See that it runs, and that no firewall is in between.',
  untrusted,
  'untrusted-chain': untrusted,
  expired: notValid,
  'not-yet-valid': notValid,
  'other-name':
    'The certificate of the receiver is for another name than that in the URL. Use the name that it is for.',
  'no-tls': 'The receiver does not speak TLS on that port. Use http:// for one without, or correct the port.',
  'no-http': 'What answers there does not speak HTTP on that port. Correct the URL.',
}

/** Why no answer came from a receiver, and what to do about it, as a sentence or two. */
export function webhookFailure(error: unknown): string {
  const failure = connectionFailure(error)
  return failure
    ? sentences[failure]
    : `The receiver could not be reached: ${oneLine(error instanceof Error ? error.message : String(error), 300)}`
}
