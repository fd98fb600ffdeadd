/** A piece of a text keeps the whole of it alive, which may be megabytes; what is remembered must have texts of its own. */
export function ownText(text: string): string {
  return Buffer.from(text).toString()
}
