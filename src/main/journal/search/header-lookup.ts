/** Finds a header by its name in lower case, in `name: value` lines. */
export function headerLookup(lines: string): (name: string) => string | undefined {
  let lower: string | undefined
  return (name) => {
    lower ??= `\n${lines.toLowerCase()}`
    const at = lower.indexOf(`\n${name}:`)
    if (at < 0) return undefined
    // `lower` is one character ahead of `lines`.
    const from = at + name.length + 1
    const end = lines.indexOf('\n', from)
    return lines.slice(from, end < 0 ? undefined : end).trim()
  }
}
