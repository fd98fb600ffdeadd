import type { Attribute } from '../model/attribute.ts'

const ascii = /^\p{ASCII}*$/u
const dotlessI = '\u0131'

/**
 * The form in which two texts are equal when they differ only in letter case or in how Unicode spells them:
 * NFKC, full case folding, NFKC again. It is idempotent, and serves as key for `userName`, for filters on attributes
 * that are not `caseExact` (RFC 7643 §2.2), and for the key columns of the store alike.
 */
export function fold(text: string): string {
  if (ascii.test(text)) return text.toLowerCase()
  return foldCase(text.normalize('NFKC')).normalize('NFKC')
}

/**
 * The key by which two values of an attribute are compared: the text itself where case matters, else its fold.
 * References and binary values are case exact whatever their definition says (RFC 7643 §2.3.6, §2.3.7).
 */
export function comparisonKey(attribute: Pick<Attribute, 'type' | 'caseExact'>, text: string): string {
  return isCaseExact(attribute) ? text : fold(text)
}

export function isCaseExact(attribute: Pick<Attribute, 'type' | 'caseExact'>): boolean {
  return attribute.caseExact || attribute.type === 'reference' || attribute.type === 'binary'
}

/** Orders two texts by code point, which is the order of their UTF-8 bytes and so SQLite's BINARY collation. Never by locale. */
export function compareByCodePoint(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index++) {
    const left = a.charCodeAt(index)
    const right = b.charCodeAt(index)
    if (left !== right) return codePointRank(left) - codePointRank(right)
  }
  return a.length - b.length
}

/** A surrogate stands for a code point above U+FFFF, but as a code unit it sorts below U+E000. */
function codePointRank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}

/** JavaScript has no case folding; going to upper case and back reaches the same classes, but for the dotless i, which would become `i`. */
function foldCase(text: string): string {
  return text.includes(dotlessI) ? text.split(dotlessI).map(upAndDown).join(dotlessI) : upAndDown(text)
}

/** The first step splits U+0130 and U+1E9E as folding does; the last undoes the final sigma, which lower case chooses by its place. */
function upAndDown(text: string): string {
  return text.toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ')
}
