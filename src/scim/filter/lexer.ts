import type { ScimError } from '../error.ts'
import { quoted } from '../text/quoted.ts'

/** A comparison value as written: in quotes with its escapes resolved, or a bare run of characters. */
export interface Literal {
  readonly quoted: boolean
  readonly text: string
  readonly position: number
  /** What stands between the quotes, where it has backslashes that escape nothing, or may be meant to: `CORP\jim` and `CORP\bob`. */
  readonly unescaped?: string
  /** It holds quotes that were not escaped. */
  readonly hasRawQuotes?: true
}

const quote = 0x22
const backslash = 0x5c
const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i
const escapes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
])
const escaped = /\\(?:u([0-9a-f]{4})|([^]))/gi
/** Backslashes before quotes and backslashes: whoever writes these knows of escapes. */
const knowsEscapes = /\\["\\]/
const controlEscape = /\\[bfnrt]/
/** What may stand behind the quote that ends a value: the end, what a filter goes on with, or another value. */
const endsValue = /^\s*(?:$|and\b|or\b|[")\],])/i
/** Another comparison. */
const comparesQuoted = /\s(?:eq|ne|co|sw|ew|gt|ge|lt|le)\s*"/i

/** Reads a filter or a path from left to right. What the next word means is the parser's business: the grammar has no reserved words. */
export class Lexer {
  readonly text: string
  readonly fail: (detail: string) => ScimError
  /** Index of the next character that has not been read. */
  position = 0

  constructor(text: string, fail: (detail: string) => ScimError) {
    this.text = text
    this.fail = fail
  }

  skipSpace(): void {
    while (isSpace(this.text.charCodeAt(this.position))) this.position++
  }

  /** Reads the character if it comes next. */
  take(character: string): boolean {
    if (this.text[this.position] !== character) return false
    this.position++
    return true
  }

  atEnd(): boolean {
    return this.position >= this.text.length
  }

  /** Reads a name, an operator or a keyword: everything up to a space, bracket, parenthesis or quote. Empty when one of these comes next. */
  word(): string {
    const start = this.position
    while (isWordCharacter(this.text.charCodeAt(this.position))) this.position++
    return this.text.slice(start, this.position)
  }

  /** Reads a comparison value. Identity providers send text without its quotes, so any run of characters will do. */
  literal(): Literal {
    const position = this.position
    if (this.text.charCodeAt(position) === quote) return { quoted: true, ...this.#string(), position }
    while (isBareCharacter(this.text.charCodeAt(this.position))) this.position++
    const text = this.text.slice(position, this.position)
    // Quotes that are escaped as in JSON once too often would be looked for as a part of the text.
    if (text === '' || /^(?:[(['‘’“”]|\\")/u.test(text)) {
      this.position = position
      throw this.expected('a value in double quotes, a number, true, false or null')
    }
    return { quoted: false, text: this.#storable(text, position), position }
  }

  /** A bare value with all that follows it. */
  literalToTheEnd({ position }: Literal): Literal {
    this.position = this.text.length
    return { quoted: false, text: this.#storable(this.text.slice(position).trimEnd(), position), position }
  }

  /**
   * A value that holds quotes as they are, read up to the last quote of the text, which is its end: `"The "A" Team"`, of which the first quotes alone
   * have been read. Undefined where it may be something else.
   */
  literalWithQuotes({ position }: Literal): Literal | undefined {
    const rest = this.text.slice(this.position)
    const whole = this.text.slice(position).trimEnd()
    if (endsValue.test(rest) || !whole.endsWith('"') || whole.includes('\\') || comparesQuoted.test(rest))
      return undefined
    this.position = this.text.length
    return { quoted: true, text: this.#storable(whole.slice(1, -1), position), position, hasRawQuotes: true }
  }

  /** The error for something else standing where `what` was expected; positions count from 1. */
  expected(what: string, position = this.position): ScimError {
    const found = position >= this.text.length ? 'the end' : quoted(this.text.slice(position, position + 20))
    return this.fail(`Expected ${what} at position ${position + 1}, but found ${found}.`)
  }

  #string(): Pick<Literal, 'text' | 'unescaped'> {
    const start = this.position + 1
    let hasEscape = false
    for (let index = start; index < this.text.length; index++) {
      const code = this.text.charCodeAt(index)
      if (code === quote) {
        this.position = index + 1
        const raw = this.text.slice(start, index)
        return hasEscape ? this.#unescape(raw, start) : { text: this.#storable(raw, start) }
      }
      if (code === backslash) {
        hasEscape = true
        index++
      }
    }
    throw this.fail(`The text that begins at position ${start} has no closing double quote.`)
  }

  /**
   * Entra ID writes a text between quotes as it is, without escapes (`Filter.Serialize` in Microsoft's SCIMReferenceCode), so `CORP\jim` means
   * a backslash, and `CORP\bob` may mean one.
   */
  #unescape(raw: string, start: number): Pick<Literal, 'text' | 'unescaped'> {
    let unknownAt: number | undefined
    const resolved = raw.replace(
      escaped,
      (whole: string, hex: string | undefined, letter: string | undefined, at: number) => {
        if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16))
        const meant = letter === undefined ? undefined : escapes.get(letter)
        if (meant === undefined) unknownAt ??= at
        return meant ?? whole
      },
    )
    const isPlain = !knowsEscapes.test(raw)
    if (unknownAt !== undefined) {
      if (!isPlain) throw this.expected('a JSON escape such as \\" or \\\\', start + unknownAt)
      return { text: this.#storable(raw, start), unescaped: raw }
    }
    const text = this.#storable(resolved, start)
    return isPlain && controlEscape.test(raw) ? { text, unescaped: this.#storable(raw, start) } : { text }
  }

  /** NUL ends a text inside SQLite's functions, and a lone surrogate cannot be written as UTF-8. */
  #storable(text: string, position: number): string {
    if (text.includes('\0')) throw this.fail(`The value at position ${position + 1} contains the character NUL.`)
    if (!text.isWellFormed())
      throw this.fail(`The value at position ${position + 1} contains half of a surrogate pair.`)
    return text
  }
}

/** The number that a JSON number literal writes, undefined when the text is none or too large. */
export function parseNumber(text: string): number | undefined {
  const value = number.test(text) ? Number(text) : Number.NaN
  return Number.isFinite(value) ? value : undefined
}

function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d)
}

/** charCodeAt gives NaN at the end, which is above no number. */
function isWordCharacter(code: number): boolean {
  return isBareCharacter(code) && code !== quote && code !== 0x28 && code !== 0x5b
}

/** Neither a space nor `)` nor `]`. */
function isBareCharacter(code: number): boolean {
  return code >= 0 && !isSpace(code) && code !== 0x29 && code !== 0x5d
}
