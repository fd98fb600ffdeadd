import { redacted } from './filter-literals.ts'
import { redactJsonText, type SecretSink } from './redact-json.ts'
import type { RedactedNames } from './redacted-names.ts'
import { mayNameSecret, speaksOfSecret } from './secret-names.ts'
import { unescaped } from './unescaped.ts'

export interface RedactedBody {
  readonly text: string | undefined
  readonly state: 'kept' | 'redacted' | 'withheld'
}

/** A body without the values of redacted names. One that mentions a name but is not JSON is not kept at all. */
export function redactBody(body: string | undefined, names: RedactedNames, secrets: SecretSink): RedactedBody {
  if (body === undefined || body === '') return { text: body, state: 'kept' }
  const first = /\S/.exec(body)?.[0]
  // NUL never stands in JSON: the letters of a name may be spread over UTF-16.
  const isOdd = (first !== '{' && first !== '[') || body.includes('\0')
  if (!isOdd && !names.mayMention(body) && !mayNameSecret(body)) return { text: body, state: 'kept' }
  const isTelling = (text: string) => names.mentions(text) || speaksOfSecret(text)
  if (isOdd && !body.includes('\0') && !isTelling(body) && !isTelling(unescaped(body)))
    return { text: body, state: 'kept' }
  const text = redactJsonText(body, names, secrets)
  if (text !== undefined) return { text, state: text.includes(redacted) ? 'redacted' : 'kept' }
  if (!isOdd && !isTelling(unescaped(body))) return { text: body, state: 'kept' }
  return { text: `[withheld: ${Buffer.byteLength(body)} bytes, not JSON]`, state: 'withheld' }
}
