import { X509Certificate } from 'node:crypto'

/** What a person wants to know of a certificate. */
export interface CertificateView {
  readonly subject: string
  readonly issuer: string
  /** The names and addresses it is for. */
  readonly names: readonly string[]
  /** Ms since the epoch. */
  readonly validFrom: number
  readonly validTo: number
  /** SHA-256, in hex with colons. */
  readonly fingerprint: string
  /** It vouches for itself: no IdP in the cloud trusts it. */
  readonly isSelfSigned: boolean
}

/** `CN=scim.example.com\nO=Example` → `scim.example.com, Example`: common name first, the rest as it stands. */
function nameOf(distinguished: string): string {
  const parts = distinguished.split('\n').map((line) => {
    const equals = line.indexOf('=')
    return [line.slice(0, equals), line.slice(equals + 1)] as const
  })
  const common = parts.filter(([key]) => key === 'CN').map(([, value]) => value)
  const organisation = parts.filter(([key]) => key === 'O').map(([, value]) => value)
  const words = [...common, ...organisation]
  return words.length > 0 ? words.join(', ') : distinguished.replaceAll('\n', ', ')
}

/** The first certificate of a PEM text. Throws on what is none. */
export function certificateView(pem: string): CertificateView {
  const certificate = new X509Certificate(pem)
  const names = (certificate.subjectAltName ?? '')
    .split(', ')
    .map((name) => name.replace(/^(?:DNS|IP Address):/, ''))
    .filter((name) => name !== '')
  return {
    subject: nameOf(certificate.subject),
    issuer: nameOf(certificate.issuer),
    names,
    validFrom: certificate.validFromDate.getTime(),
    validTo: certificate.validToDate.getTime(),
    fingerprint: certificate.fingerprint256,
    isSelfSigned: certificate.subject === certificate.issuer,
  }
}
