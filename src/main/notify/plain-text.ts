/** Characters that break a line, hide, or turn the direction of writing: with them a name from the wire could forge what stands around it. */
const unruly = /[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069\u200e\u200f]/gu

/** A text from the wire as one line. */
export function oneLine(text: string, longest = 200): string {
  const plain = text.replaceAll(unruly, ' ').replaceAll(/\s+/g, ' ').trim()
  return plain.length > longest ? `${plain.slice(0, longest - 1)}…` : plain
}

/** A text of several lines, each of them plain. */
export function plainLines(text: string, longest = 20_000): string {
  return text
    .slice(0, longest)
    .split(/\r\n|\r|\n/)
    .map((line) => line.replaceAll(unruly, ' '))
    .join('\n')
}

const entities: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
])

/** A text inside HTML, also inside a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities.get(character) ?? character)
}
