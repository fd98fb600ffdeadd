import { replaceUnruly } from '../text/unruly-characters.ts'

/** Half a character at a cut, which strict readers of JSON refuse the whole of. */
const halfCharacter = /[\ud800-\udbff]$/

/** A text from the wire as one line. */
export function oneLine(text: string, longest = 200): string {
  const plain = replaceUnruly(text, ' ').replaceAll(/\s+/g, ' ').trim()
  return plain.length > longest ? `${plain.slice(0, longest - 1).replace(halfCharacter, '')}…` : plain
}

/** A text of several lines, each of them plain. */
export function plainLines(text: string, longest = 20_000): string {
  return text
    .slice(0, longest)
    .split(/\r\n|\r|\n/)
    .map((line) => replaceUnruly(line, ' '))
    .join('\n')
}
