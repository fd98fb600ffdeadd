import { redacted } from './filter-literals.ts'
import type { RedactedNames } from './redacted-names.ts'
import { unescaped } from './unescaped.ts'

/** The lines of headers whose values are credentials; a value that was replaced before is not replaced again. */
const credentials =
  /^([^:\n]*(?:authorization|cookie|token|secret|password|api-?key)[^:\n]*):(?!\s*\[redacted\]$).*$/gim

/** `name: value` lines without the values of credentials, and of headers that mention a redacted name (`Referer`). */
export function redactHeaders(headers: string, names: RedactedNames): string {
  const without = headers.replace(credentials, `$1: ${redacted}`)
  if (!names.mayMention(without) && !without.includes('%')) return without
  return without
    .split('\n')
    .map((line) => {
      const colon = line.indexOf(':')
      const value = line.slice(colon + 1)
      return names.mayMention(value) || names.mentions(unescaped(value)) ? `${line.slice(0, colon)}: ${redacted}` : line
    })
    .join('\n')
}
