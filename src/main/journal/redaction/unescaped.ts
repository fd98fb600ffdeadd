const rounds = 3

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
      .replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => character(code))
      .replaceAll('+', ' ')
  return current
}
