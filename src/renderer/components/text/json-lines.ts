export interface JsonToken {
  readonly kind: 'key' | 'string' | 'literal' | 'plain'
  readonly text: string
}

const token = /("(?:[^"\\]|\\.)*")(\s*:)?|(true|false|null|-?\d[\d.eE+-]*)|([^"\w-]+|.)/g

/** A JSON text, laid out and taken apart for colouring, a line each. Undefined when it is no JSON. */
export function jsonLines(text: string): readonly (readonly JsonToken[])[] | undefined {
  let pretty: string
  try {
    pretty = JSON.stringify(JSON.parse(text), undefined, 2)
  } catch {
    return undefined
  }
  return pretty.split('\n').map(tokensOf)
}

function tokensOf(line: string): readonly JsonToken[] {
  const tokens: JsonToken[] = []
  for (const [, quoted, colon, literal, plain] of line.matchAll(token)) {
    if (quoted !== undefined && colon !== undefined)
      tokens.push({ kind: 'key', text: quoted }, { kind: 'plain', text: colon })
    else if (quoted !== undefined) tokens.push({ kind: 'string', text: quoted })
    else if (literal !== undefined) tokens.push({ kind: 'literal', text: literal })
    else tokens.push({ kind: 'plain', text: plain ?? '' })
  }
  return tokens
}
