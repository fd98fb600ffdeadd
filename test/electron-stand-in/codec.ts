/** A value on its way between page and main process, as JSON. */
export type Encoded = { readonly json: unknown } | { readonly bytes: string }

/** Carries JSON and bytes, which is what the contract sends; anything else throws. It also runs in the page, from its own source text. */
export function encode(value: unknown): Encoded {
  if (value instanceof Uint8Array) {
    let text = ''
    for (const byte of value) text += String.fromCharCode(byte)
    return { bytes: btoa(text) }
  }
  if (typeof value === 'string' || value === null) return { json: value }
  throw new Error('The stand-in carries strings, bytes and null through a port.')
}

export function decode(encoded: Encoded): unknown {
  if ('json' in encoded) return encoded.json
  return Uint8Array.from(atob(encoded.bytes), (character) => character.charCodeAt(0))
}
