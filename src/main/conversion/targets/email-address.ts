const atom = String.raw`[\p{L}\p{M}\p{N}!#$%&'*+/=?^_\x60{|}~-]+`
const localPart = new RegExp(`^${atom}(?:\\.${atom})*$`, 'u')
const label = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?$/u

const octets = new TextEncoder()

/** Whether a text has at most so many octets in UTF-8. No character has more than three for each of its code units. */
function fits(text: string, most: number): boolean {
  return text.length * 3 <= most || (text.length <= most && octets.encode(text).length <= most)
}

export interface AddressParts {
  readonly local: string
  readonly domain: string
}

/** An address at its one `@`; undefined where there is none or more. */
export function addressParts(text: string): AddressParts | undefined {
  const at = text.indexOf('@')
  if (at < 0 || text.includes('@', at + 1)) return undefined
  return { local: text.slice(0, at), domain: text.slice(at + 1) }
}

/**
 * Whether a text is an e-mail address that mail servers and identity providers accept: a dot-atom of RFC 5321 §4.1.2, letters of other
 * scripts included (RFC 6531), before a domain of two labels or more. Quoted local parts and address literals are refused.
 */
export function isEmailAddress(text: string): boolean {
  const parts = addressParts(text)
  if (!parts || !fits(text, 254) || !fits(parts.local, 64) || !localPart.test(parts.local)) return false
  const labels = parts.domain.split('.')
  if (labels.length < 2 || /^\d+$/.test(labels.at(-1) ?? '')) return false
  return labels.every((each) => label.test(each) && fits(each, 63))
}

/** Whether a text can be a user ID that is no address: something to see, without blanks and `@`. */
export function isShortName(text: string): boolean {
  return text !== '' && fits(text, 256) && !/[\s@\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(text)
}
