const rounds = 3

/** Percent-encodings behind which a letter of a name may be hidden, at once or after another round; those of `@`, quotes and spaces are none. */
const hiding = /%(?:2[45d]|3\d|4[1-9a-f]|5[\dacf]|6[1-9a-f]|7[\da]|c5|e2)|\\u/i

/** Whether `unescaped` could bring a name to light that does not stand in the text plainly. */
export function mayHideNames(text: string): boolean {
  return hiding.test(text)
}

function character(code: string): string {
  return String.fromCharCode(Number.parseInt(code, 16))
}

/**
 * A text with `%xx`, `+` and `\u` escapes undone, also where they were applied more than once. Only for looking at:
 * bytes above 7F are not joined into characters, since attribute names are ASCII (RFC 7643 §2.1).
 */
export function unescaped(text: string): string {
  let current = text
  for (let round = 0; round < rounds && /[%\\+]/.test(current); round++)
    current = current
      .replace(/%([0-9a-f]{2})/gi, (_, code: string) => character(code))
      // Text within text within text has its backslashes doubled each time. A run of them is looked at once, from its beginning.
      .replace(/(?<!\\)\\+u([0-9a-f]{4})/gi, (_, code: string) => character(code))
      .replaceAll('+', ' ')
  return current
}
