/** Letters that are written from right to left, and characters that turn the direction of writing. */
const turns = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Bidi_Control}]/u

const open = '\u2068'
const close = '\u2069'
const openers = new Set(['\u2066', '\u2067', open])

/**
 * A name as it stands in a sentence that is one text: one that turns the direction of writing leaves the words around it alone (UAX #9, isolates).
 * In elements, `bdi` does the same.
 */
export function isolated(name: string): string {
  if (!turns.test(name)) return name
  let depth = 0
  let kept = ''
  for (const character of name) {
    // One that closes what the name has not opened would end its isolation.
    if (character === close && depth === 0) continue
    if (character === close) depth -= 1
    if (openers.has(character)) depth += 1
    kept += character
  }
  return `${open}${kept}${close.repeat(depth + 1)}`
}
