import { redacted } from './filter-literals.ts'

/** A whole token of ours wherever it stands, also behind `%22`; and the greater part of one, as a shortened note quotes it. */
const ownToken = /rc_[\w-]{43}|(?<![\w-])rc_[\w-]{16,}/g

/** Whether a token of ours may stand in the text. The underscore, which is rare, is looked for first: `r` stands everywhere. */
export function mayHoldOwnToken(text: string): boolean {
  return text.includes('_') && text.includes('rc_')
}

/** A text without the tokens that were pasted where they do not belong: a URL, another header, an attribute. */
export function withoutOwnTokens(text: string): string {
  return mayHoldOwnToken(text) ? text.replace(ownToken, redacted) : text
}
