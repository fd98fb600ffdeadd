/** What stands in place of a redacted value. */
export const redacted = '[redacted]'

const longestFilter = 4096
const literal = /"(?:[^"\\]|\\.)*"/g
const value = String.raw`(?:"\[redacted\]"|true|false|null)`
const operator = '(?:eq|ne|co|sw|ew|gt|ge|lt|le)'
// A colon stands in the URN of a schema alone; elsewhere a value may stand behind it.
const name = String.raw`(?:urn:[\w$:.-]+|[\w$.-]+)`
const comparison = String.raw`${name}\s+(?:pr|${operator}\s+${value})`
const inner = String.raw`${comparison}(?:\s+(?:and|or)\s+${comparison})*`
const path = String.raw`${name}(?:\[\s*${inner}\s*\](?:\.${name})?)?`
const term = String.raw`${path}(?:\s+(?:pr|${operator}\s+${value}))?`
const wholeFilter = new RegExp(String.raw`^\s*${term}(?:\s+(?:and|or)\s+${term})*\s*$`, 'i')

/** A filter or path with nothing between its quotation marks: names that are values there are none. */
export function withoutLiterals(filter: string): string {
  return filter.replace(literal, '""')
}

/** The texts in a filter or path that may be values: those in quotation marks, and all words of one that is replaced as a whole. */
export function possibleValues(filter: string): readonly string[] {
  const text = filter.slice(0, longestFilter)
  const literals = Array.from(text.matchAll(/"([^"]*)"/g), ([, quoted = '']) => quoted)
  return withoutFilterLiterals(filter) === redacted
    ? [...literals, ...(text.match(/[^\s"'()[\]=,;:]{3,}/g) ?? [])]
    : literals
}

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
