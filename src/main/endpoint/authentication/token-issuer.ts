const jwt = /^eyJ[\w-]+\.([\w-]+)\.[\w-]*$/
const longest = 8192

/**
 * The host of the issuer that a JSON Web Token (RFC 7519) names, "" for a token that names none. Undefined for what is no such token.
 * Nothing is verified: it says which kind of token was pasted or sent, and opens nothing.
 */
export function issuerHost(token: string): string | undefined {
  const payload = token.length > longest ? undefined : jwt.exec(token)?.[1]
  if (payload === undefined) return undefined
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))
    if (typeof claims !== 'object' || claims === null) return undefined
    const issuer = 'iss' in claims && typeof claims.iss === 'string' ? claims.iss : ''
    return URL.canParse(issuer) ? new URL(issuer).host.slice(0, 100) : ''
  } catch {
    return undefined // three words with dots between them
  }
}
