/** What stands in place of a redacted value. */
export const redacted = '[redacted]'

const longestFilter = 4096
const literal = /"(?:[^"\\]|\\.)*"/g
const value = String.raw`(?:"\[redacted\]"|true|false|null)`
const operator = '(?:eq|ne|co|sw|ew|gt|ge|lt|le)'
const name = String.raw`[\w$:.-]+`
const comparison = String.raw`${name}\s+(?:pr|${operator}\s+${value})`
const inner = String.raw`${comparison}(?:\s+(?:and|or)\s+${comparison})*`
const path = String.raw`${name}(?:\[\s*${inner}\s*\](?:\.${name})?)?`
const term = String.raw`${path}(?:\s+(?:pr|${operator}\s+${value}))?`
const wholeFilter = new RegExp(String.raw`^\s*${term}(?:\s+(?:and|or)\s+${term})*\s*$`, 'i')

/**
 * A filter or path with every literal replaced (RFC 7644 §3.4.2.2, §3.5.2). What is left must be nothing but names,
 * operators and replaced literals; a text of any other shape could hide a value, and is replaced as a whole.
 */
export function withoutFilterLiterals(filter: string): string {
  if (filter.length > longestFilter) return redacted
  const without = filter.replace(literal, `"${redacted}"`)
  // Grouping changes nothing about where a value can stand.
  const ungrouped = without.replace(/\bnot\b(?=\s*\()|[()]/gi, ' ')
  return wholeFilter.test(ungrouped) ? without : redacted
}
