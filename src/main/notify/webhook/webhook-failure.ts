import { errorCode } from '../../error-code.ts'
import { oneLine } from '../plain-text.ts'

/** Why no answer came from a receiver, and what to do about it, as a sentence or two. */
export function webhookFailure(error: unknown): string {
  const code = errorCode(error) ?? ''
  switch (code) {
    case 'ECONNRESET':
    case 'EPIPE':
      return 'The receiver closed the connection without an answer. Look into its log, and into that of a proxy in front of it.'
    case 'ENOTFOUND':
      return 'The name in the URL is not known. Check its spelling, and that it has a DNS record.'
    case 'EAI_AGAIN':
      return 'The name in the URL cannot be looked up at present. Check the network of this machine and its DNS.'
    case 'ECONNREFUSED':
      return 'Nothing listens at the address and port of the URL. Start the receiver, or correct the URL.'
    case 'ETIMEDOUT':
      return 'The receiver did not answer in time. See that it runs, and that no firewall is in between.'
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EADDRNOTAVAIL':
      return 'There is no way from this machine to the receiver. Check the network, and the URL.'
    case 'CERT_HAS_EXPIRED':
    case 'CERT_NOT_YET_VALID':
      return 'The certificate of the receiver is not valid at this moment. Renew it.'
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return 'The certificate of the receiver is for another name than that in the URL. Use the name that it is for.'
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      return 'No CA that this machine trusts vouches for the certificate of the receiver. Use one of a public CA.'
    default:
      if (code === 'EPROTO' || code.startsWith('ERR_SSL'))
        return 'The receiver does not speak TLS on that port. Use http:// for one without, or correct the port.'
      if (code.startsWith('HPE_')) return 'What answers there does not speak HTTP on that port. Correct the URL.'
      return `The receiver could not be reached: ${oneLine(error instanceof Error ? error.message : String(error), 300)}`
  }
}
