/**
 * Whether a text has a character that can be seen. Blanks, line breaks, control and format characters (a zero-width space), and those that
 * Unicode has drawn as nothing (a Hangul filler, the blank Braille pattern) cannot.
 */
export function isVisible(text: string): boolean {
  return /[^\p{Z}\p{Cc}\p{Cf}\p{DI}\u2800]/u.test(text)
}
