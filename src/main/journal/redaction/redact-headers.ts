import { hasCredentialParameter, holdsCredential, isCredentialHeader } from './credential-names.ts'
import { redacted } from './filter-literals.ts'
import type { RedactedNames } from './redacted-names.ts'
import { unescaped } from './unescaped.ts'

/** Whether a header carries credentials, by its name as it was written. Clients use few names, each of them often. */
const known = new Map<string, boolean>()
const mostKnown = 500

function isCredential(name: string): boolean {
  const told = known.get(name)
  if (told !== undefined) return told
  const answer = isCredentialHeader(name)
  if (known.size < mostKnown) known.set(name, answer)
  return answer
}

/** `name: value` lines with the values replaced of headers whose name says that they are credentials; one that was replaced before is left alone. */
function withoutNamedCredentials(headers: string): string {
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

/** `name: value` lines with the values replaced that tell too much. */
function withoutValues(headers: string, tells: (value: string) => boolean): string {
  return headers
    .split('\n')
    .map((line) => {
      const colon = line.indexOf(':')
      return tells(line.slice(colon + 1)) ? `${line.slice(0, colon)}: ${redacted}` : line
    })
    .join('\n')
}

/** `name: value` lines with the values of credentials replaced. */
export function withoutCredentials(headers: string): string {
  const rest = withoutNamedCredentials(headers)
  // A credential in a header of another name is rare: the others do not pay for a look at each.
  return holdsCredential(rest) ? withoutValues(rest, holdsCredential) : rest
}

/**
 * `name: value` lines without the values of credentials, and of headers that mention a redacted name or quote a URL with a credential (`Referer`,
 * `X-Original-URL` of IIS).
 */
export function redactHeaders(headers: string, names: RedactedNames): string {
  const without = withoutCredentials(headers)
  if (!names.mayMention(without) && !without.includes('%') && !without.includes('?')) return without
  return withoutValues(without, (value) => isTelling(value, names))
}

function isTelling(value: string, names: RedactedNames): boolean {
  if (names.mayMention(value) || hasCredentialParameter(value)) return true
  const plain = unescaped(value)
  return plain !== value && (names.mentions(plain) || hasCredentialParameter(plain))
}
