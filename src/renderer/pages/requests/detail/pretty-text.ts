/** A body laid out line by line where it is JSON, so that it can be compared; any other text as it is. */
export function prettyText(text: string | undefined): string {
  if (text === undefined) return ''
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2)
  } catch {
    return text
  }
}
