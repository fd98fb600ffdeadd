/** Half a character at a cut, which strict readers of JSON refuse the whole of. */
const halfCharacter = /[\ud800-\udbff]$/

/** A text of so many UTF-16 units at most; one that is longer ends between two characters, in an ellipsis. */
export function shortened(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest - 1).replace(halfCharacter, '')}…` : text
}
