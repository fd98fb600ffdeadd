const quote = 0x22
const comma = 0x2c
const backslash = 0x5c

const brackets: ReadonlySet<number> = new Set([0x5b, 0x5d, 0x7b, 0x7d])
const closers: ReadonlyMap<string, string> = new Map([
  ['{', '}'],
  ['[', ']'],
])

/**
 * The first `most` characters of a longer JSON text, as a JSON text of its own: without the element or member that is not whole, and with what is
 * open behind the last one closed. It is longer than `most` by what closes it.
 */
export function jsonBeginning(text: string, most: number): string {
  const open: string[] = []
  let end = 0
  let isText = false
  for (let at = 0; at < most; at += 1) {
    const code = text.charCodeAt(at)
    if (code === quote) isText = !isText
    else if (isText) at += code === backslash ? 1 : 0
    else if (code === comma) end = at
    else if (brackets.has(code)) {
      const closer = closers.get(text.charAt(at))
      if (closer === undefined) open.pop()
      else open.push(closer)
      end = at + 1
    }
  }
  return text.slice(0, end) + open.toReversed().join('')
}
