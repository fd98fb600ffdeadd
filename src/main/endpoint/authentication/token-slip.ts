/** What went wrong when a token was copied into an identity provider, as far as its form alone tells. */
export type TokenSlip =
  | 'quotes'
  | 'brackets'
  | 'bearer-twice'
  | 'bearer-missing'
  | 'bearer-sign'
  | 'header-name'
  | 'line-break'
  | 'blank'
  | 'more'
  | 'cut-off'
  | 'too-long'
  | 'letter-case'
  | 'address'
  | 'foreign'

export interface SlippedToken {
  readonly slip: TokenSlip
  /** The token itself, where it came whole. A secret. */
  readonly token: string | undefined
}

/** As createToken makes them: 256 bits in base64url behind the prefix. */
const whole = /(?<![\w-])rc_[\w-]{43}(?![\w-])/
const wholeLength = 46

/**
 * A header's bytes are read as Latin-1: what UTF-8 makes of a no-break space, a space without width and a byte order mark. No character begins two
 * of these: how to tell a run of blanks apart would be tried in every way, on a stranger's behalf.
 */
const blanks = String.raw`(?:\s|\u00c2\u00a0|\u00e2\u0080[\u008b\u008c\u008d\u00a8]|\u00ef\u00bb\u00bf|%20|\+)`
/** Straight ones, and what UTF-8 makes of the curly ones. */
const quotes = /^(?:["'`]|\u00e2\u0080[\u0098-\u009e]|%22)/
const quotesAtEnd = /(?:["'`]|\u00e2\u0080[\u0098-\u009e]|%22)$/
const isBlank = new RegExp(`^${blanks}*$`)
const everyBlank = new RegExp(blanks, 'g')
const scheme = /^bearer\b\s*/i

function around(before: string, after: string): TokenSlip | undefined {
  if (/^authorization\b/i.test(before)) return 'header-name'
  if (/^bearer\s+bearer\b/i.test(before)) return 'bearer-twice'
  // Another way to authenticate, such as "Token", is told as that.
  if (/^[a-z][\w-]*\s+$/i.test(before) && !scheme.test(before)) return undefined
  const between = before.replace(scheme, '')
  if (quotesAtEnd.test(between) || quotes.test(after)) return 'quotes'
  if (/[{[(<]$/.test(between) || /^[}\])>]/.test(after)) return 'brackets'
  if (/^(?:\\[rn]|%0[ad])/i.test(after)) return 'line-break'
  if (/^[:=]\s*$/.test(between)) return 'bearer-sign'
  if (!isBlank.test(between) || !isBlank.test(after)) return 'more'
  if (!scheme.test(before)) return 'bearer-missing'
  return between !== '' || after !== '' || !/^bearer +$/i.test(before) ? 'blank' : undefined
}

function withoutToken(text: string): TokenSlip | undefined {
  if (/^bearer\s+bearer\b/i.test(text)) return 'bearer-twice'
  const rest = text.replace(scheme, '')
  if (/^["'`<]*https?:/i.test(rest)) return 'address'
  if (rest !== rest.replaceAll(everyBlank, '') && whole.test(rest.replaceAll(everyBlank, ''))) return 'blank'
  if (/^rc_[\w-]*$/.test(rest)) return rest.length < wholeLength ? 'cut-off' : 'too-long'
  if (/^rc_/i.test(rest)) return rest.startsWith('rc_') ? 'more' : 'letter-case'
  return /^[^\s]+$/.test(rest) && scheme.test(text) ? 'foreign' : undefined
}

/**
 * What is wrong with the token in an Authorization header that opens nothing; undefined where its form is right or tells nothing. It says
 * nothing about whether a token of that form is in use.
 */
export function tokenSlip(header: string): SlippedToken | undefined {
  const text = header.trimStart()
  const found = whole.exec(text)
  if (found) {
    const slip = around(text.slice(0, found.index), text.slice(found.index + found[0].length))
    return slip && { slip, token: found[0] }
  }
  const slip = withoutToken(text)
  return slip && { slip, token: undefined }
}
