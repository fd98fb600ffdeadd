import { isSecretName, speaksOfSecret } from './secret-names.ts'

/** Which attributes are never stored. Names are compared in lower case, as SCIM compares them (RFC 7643 §2.1). */
export interface RedactedNames {
  /** Whether a text may hold one of the names, plainly or behind `\u` escapes: cheap, and never wrongly false. */
  mayMention(text: string): boolean
  /** Whether a text holds one of the names plainly. */
  mentions(text: string): boolean
  /** Whether a name is followed by what looks like its value: `password=`, `"password":`, `password eq`. */
  mentionsValue(text: string): boolean
  /** Whether everything at this path is redacted; `parent` is the attribute in which the path stands. */
  covers(path: string, parent: string | undefined): boolean
  /** Whether a plain value of this attribute is redacted because it stands for a redacted sub-attribute (`emails: "a@b"`). */
  coversPlainValue(attribute: string | undefined): boolean
}

/** Names of passwords, whatever schema they stand in; `passwordLike` finds the longer ones (`tempPassword`). */
const passwordNames = ['password', 'passwd', 'passphrase', 'pwd']
const passwordLike = /passw(?:or)?d|passphrase/

const longestPath = 1024
const literal = /"(?:[^"\\]|\\.)*"/g

/**
 * A path without its filters: `urn:…:User:emails[type eq "work"].value` becomes `urn:…:User:emails.value`.
 * Undefined for a text that is no attribute path (RFC 7644 §3.5.2).
 */
export function plainPath(path: string): string | undefined {
  if (path.length > longestPath) return undefined
  const plain = path.includes('[') ? path.replace(literal, '').replace(/\[[^[\]]*\]/g, '') : path
  return /["'[\]=]/.test(plain) ? undefined : plain
}

/** The names in a plain path after its URN, in lower case. */
function segmentsOf(plain: string): readonly string[] {
  const lower = plain.slice(plain.lastIndexOf(':') + 1).toLowerCase()
  return lower.includes('.') ? lower.split('.').map((segment) => segment.trim()) : [lower.trim()]
}

/** The attribute or sub-attribute that a path or key ends in, in lower case. */
export function lastName(path: string): string | undefined {
  const plain = plainPath(path)
  return plain === undefined ? undefined : segmentsOf(plain).at(-1)
}

const syntaxCharacters = /[\\^$.*+?()[\]{}|/]/g

/** What is never stored: passwords, what is called like another secret, and these attribute paths; a text that is no path names nothing. */
export function compileRedactedNames(paths: readonly string[]): RedactedNames {
  const attributes = new Set<string>(passwordNames)
  const pairs = new Map<string, Set<string>>()
  const urns: string[] = []
  for (const path of paths) {
    const trimmed = path.trim()
    const [attribute, sub] = segmentsOf(plainPath(trimmed) ?? '').slice(-2)
    if (attribute === undefined || attribute === '') continue
    // `urn:…:2.0:User` names an extension as a whole.
    if (/^urn:/i.test(trimmed)) urns.push(trimmed.toLowerCase())
    if (sub === undefined || sub === '') attributes.add(attribute)
    else pairs.set(attribute, (pairs.get(attribute) ?? new Set()).add(sub))
  }
  const names = [...attributes, ...pairs.keys()]
    .map((name) => name.replace(syntaxCharacters, String.raw`\$&`))
    .join('|')
  // `iu` folds the Kelvin sign and the long s, which toLowerCase or a client may take for k and s.
  const plain = new RegExp(names, 'iu')
  const perhapsEscaped = new RegExp(String.raw`${names}|\\u(?:00[2-7]|017f|212a)`, 'iu')
  const operator = String.raw`\s+(?:eq|ne|co|sw|ew|gt|ge|lt|le)\s`
  // No two runs of blanks follow one another: how to share them out would be tried in every way.
  const withValue = new RegExp(
    String.raw`(?:${names})(?:["'\]\\]|&quot;|&#34;)*(?:\s*[:=>]|${operator}|\s*\.\w+${operator})`,
    'iu',
  )
  return {
    mayMention: (text) => perhapsEscaped.test(text),
    mentions: (text) => plain.test(text),
    mentionsValue: (text) => withValue.test(text),
    covers(path, parent) {
      const lowerPath = urns.length === 0 ? '' : path.toLowerCase()
      if (urns.some((urn) => lowerPath === urn || lowerPath.startsWith(`${urn}:`) || lowerPath.startsWith(`${urn}.`)))
        return true
      let previous = parent
      const clean = plainPath(path)
      if (clean === undefined) return plain.test(path) || speaksOfSecret(path)
      // NFKC turns the Kelvin sign and the long s into the letters that they may be taken for.
      for (const segment of segmentsOf(clean.normalize('NFKC'))) {
        if (attributes.has(segment) || passwordLike.test(segment) || isSecretName(segment)) return true
        if (previous !== undefined && pairs.get(previous)?.has(segment)) return true
        previous = segment
      }
      return false
    },
    coversPlainValue: (attribute) => attribute !== undefined && pairs.has(attribute),
  }
}
