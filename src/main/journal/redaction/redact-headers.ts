import { redacted } from './filter-literals.ts'
import type { RedactedNames } from './redacted-names.ts'
import { unescaped } from './unescaped.ts'

/**
 * Headers whose values are credentials, also those that a sign-in in front of the endpoint adds: `Cf-Access-Jwt-Assertion` of Cloudflare Access,
 * `X-Goog-IAP-JWT-Assertion`, `X-Amzn-Oidc-Data` of AWS's load balancer, `DPoP` (RFC 9449).
 */
const credential = /authorization|cookie|token|secret|password|api-?key|jwt|assertion|oidc-data|^dpop$/i

/** Whether a header carries credentials, by its name as it was written. Clients use few names, each of them often. */
const known = new Map<string, boolean>()
const mostKnown = 500

function isCredential(name: string): boolean {
  const told = known.get(name)
  if (told !== undefined) return told
  const answer = credential.test(name)
  if (known.size < mostKnown) known.set(name, answer)
  return answer
}

/** `name: value` lines with the values of credentials replaced; one that was replaced before is left alone. */
export function withoutCredentials(headers: string): string {
  let result = ''
  let kept = 0
  for (let start = 0; start < headers.length;) {
    const newline = headers.indexOf('\n', start)
    const end = newline < 0 ? headers.length : newline
    const colon = headers.indexOf(':', start)
    if (colon >= 0 && colon < end && isCredential(headers.slice(start, colon))) {
      if (headers.slice(colon + 1, end).trim() !== redacted) {
        result += `${headers.slice(kept, colon)}: ${redacted}`
        kept = end
      }
    }
    start = end + 1
  }
  return kept === 0 ? headers : result + headers.slice(kept)
}

/** `name: value` lines without the values of credentials, and of headers that mention a redacted name (`Referer`). */
export function redactHeaders(headers: string, names: RedactedNames): string {
  const without = withoutCredentials(headers)
  if (!names.mayMention(without) && !without.includes('%')) return without
  return without
    .split('\n')
    .map((line) => {
      const colon = line.indexOf(':')
      const value = line.slice(colon + 1)
      return names.mayMention(value) || names.mentions(unescaped(value)) ? `${line.slice(0, colon)}: ${redacted}` : line
    })
    .join('\n')
}
