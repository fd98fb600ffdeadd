/**
 * Characters that break a line, hide, move a cursor or turn the direction of writing: with them a text from the wire could forge what stands
 * around it. Of those that only join letters, emoji and the scripts of Persia and India are made.
 */
const unruly = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

/** A JSON text on one line that says the same and has no unruly character: each of them is written as an escape (RFC 8259 §7). */
export function escapeUnruly(json: string): string {
  const escape = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  return json.replaceAll(unruly, (character) => character.split('').map(escape).join(''))
}

/** The text with something else in place of each unruly character, but for those that are spared: the breaks of a text of several lines. */
export function replaceUnruly(text: string, by: string | ((character: string) => string), spared = ''): string {
  const instead = typeof by === 'string' ? () => by : by
  return text.replaceAll(unruly, (character) => (spared.includes(character) ? character : instead(character)))
}
