/** Characters that break a line or turn the direction of writing: they would let a value from the wire forge a sentence. */
const unruly = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu

/** A value from the wire inside a sentence. */
export function quote(text: string | undefined): string {
  return `"${(text ?? '').replaceAll(unruly, ' ')}"`
}
