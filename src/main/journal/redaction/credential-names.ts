const key = '(?:access|account|api|auth|functions|host|master|shared|subscription)[-_.]?key'
const words = `authorization|bearer|cookie|token|secret|passw(?:or)?d|passphrase|credential|session|jwt|assertion|oidc-data|${key}`

/**
 * Headers whose values are credentials, also those that what stands in front of the endpoint asks for or adds: `Cf-Access-Jwt-Assertion` of
 * Cloudflare Access, `X-Goog-IAP-JWT-Assertion`, `X-Amzn-Oidc-Data` of AWS's load balancer, `DPoP` (RFC 9449), `Ocp-Apim-Subscription-Key` of Azure
 * API Management, `X-Functions-Key` of Azure Functions.
 */
const header = new RegExp(`${words}|(?:^|[-_])auth$|^dpop$`, 'i')

/** The same for parameters of a URL; SCIM itself has none of these names. Azure Functions takes its key as `code`, Google as `key`, Azure's storage `sig`. */
const parameter = new RegExp(`${words}|^(?:auth|code|key|pass|sig|signature)$`, 'i')

/** The parameters of all URLs in a text that may have such a name. */
const parameters = /[?&;]([^=?&;#\s"]+)=/g

/**
 * What an Authorization header says (RFC 9110 §11.4), wherever it stands: a gateway may pass the one that it has taken on under a name of its own. And a name with
 * its password in a URL.
 */
const credentialValue =
  /\b(?:bearer|basic|digest|negotiate|ntlm|dpop|ssws|apikey)\s+[\w.~+/=-]{8,}|:\/\/[^\s/@:]+:[^\s/@]+@/i

/** Parameters of a segment of a path (RFC 3986 §3.3): `/Users;token=…`. */
const pathParameter = /;([^=;/?#]+)=([^;/?#]*)/g

export function isCredentialHeader(name: string): boolean {
  return header.test(name)
}

export function isCredentialParameter(name: string): boolean {
  return parameter.test(name)
}

/** Whether the value of a header holds a credential, whatever the header is called. */
export function holdsCredential(value: string): boolean {
  return credentialValue.test(value)
}

/** Whether a segment of a path has a credential among its parameters. */
export function hasPathCredential(path: string): boolean {
  return withoutPathCredentials(path, () => '') !== path
}

/** A path with something else in place of each credential among the parameters of its segments. */
export function withoutPathCredentials(path: string, replace: (credential: string) => string): string {
  if (!path.includes(';')) return path
  return path.replace(pathParameter, (whole, name: string, value: string) =>
    isCredentialParameter(name) ? `;${name}=${replace(value)}` : whole,
  )
}

/** Whether a text, a URL or what quotes one, holds a parameter with a credential. Names behind escapes are not seen. */
export function hasCredentialParameter(text: string): boolean {
  if (!text.includes('=') || !text.includes('?')) return false
  for (const [, name] of text.matchAll(parameters)) if (name !== undefined && isCredentialParameter(name)) return true
  return false
}
