import { X509Certificate } from 'node:crypto'
import { getCACertificates, rootCertificates } from 'node:tls'

const pemBlock = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g

function certificatesIn(chain: string): readonly X509Certificate[] {
  return (chain.match(pemBlock) ?? []).map((pem) => new X509Certificate(pem))
}

/** Electron may have no certificates of the system. */
function trustedHere(): readonly string[] {
  try {
    return [...rootCertificates, ...getCACertificates('system')]
  } catch {
    return rootCertificates
  }
}

function isTrustedIssuer(last: X509Certificate): boolean {
  return trustedHere().some((pem) => {
    const root = new X509Certificate(pem)
    return root.subject === last.issuer && last.checkIssued(root)
  })
}

function commonName(name: string): string {
  return /^CN=(.+)$/m.exec(name)?.[1] ?? name.replaceAll('\n', ', ')
}

/**
 * Who has issued the last certificate of a chain (PEM) and is neither in the chain nor a root that this machine trusts; undefined where the chain is
 * complete. Browsers often fetch an intermediate that a server leaves out, identity providers do not.
 */
export function missingIssuer(chain: string): string | undefined {
  const certificates = certificatesIn(chain)
  let last = certificates[0]
  if (!last) return undefined
  for (const each of certificates) if (each !== last && last.checkIssued(each)) last = each
  const isItsOwn = last.issuer === last.subject
  return isItsOwn || isTrustedIssuer(last) ? undefined : commonName(last.issuer)
}
