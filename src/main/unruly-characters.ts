/**
 * Characters that break a line, hide, move a cursor or turn the direction of writing: with them a text from the wire could forge what stands
 * around it. Of those that only join letters, emoji and the scripts of Persia and India are made.
 */
const unruly = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

/** The text with something else in place of each unruly character, but for those that are spared: the breaks of a text of several lines. */
export function replaceUnruly(text: string, by: string, spared = ''): string {
  return text.replaceAll(unruly, (character) => (spared.includes(character) ? character : by))
}
