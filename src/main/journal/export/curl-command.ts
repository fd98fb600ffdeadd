import { Refusal } from '../../administration/refusal.ts'
import { replaceUnruly } from '../../text/unruly-characters.ts'
import type { JournalDetail } from '../journal-entry.ts'

/** The command that sends a request again, and what a person has to see to before it does the same. */
export interface CurlCommand {
  readonly command: string
  /** A sentence each. */
  readonly remarks: readonly string[]
}

/** What curl or the connection sets by itself, and what says how it came here. */
const leftOut: ReadonlySet<string> = new Set([
  'host',
  'authorization',
  'content-length',
  'connection',
  'accept-encoding',
  'transfer-encoding',
  'expect',
  'forwarded',
  'via',
])

function isLeftOut(name: string): boolean {
  return leftOut.has(name) || name.startsWith('x-forwarded-') || name.startsWith('cf-')
}

/** A character as the shell is to make it, byte by byte. */
function printed(character: string): string {
  const bytes = Array.from(Buffer.from(character), (byte) => `\\${byte.toString(8).padStart(3, '0')}`)
  return `'"$(printf '${bytes.join('')}')"'`
}

/**
 * A text as one word of a POSIX shell, whatever stands in it. A terminal that it is pasted into would take a control character for a key, such as
 * Ctrl+C, and what comes after it for a command of its own; those and what hides text do not stand in it as they are.
 */
function quoted(text: string): string {
  return `'${replaceUnruly(text.replaceAll("'", String.raw`'\''`), printed, '\n\t\0')}'`
}

/** Control characters would end a header or garble the terminal. */
function printableHeader(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, ' ')
}

const bodyRemarks = {
  whole: undefined,
  cut: 'The log kept only the beginning of the body: complete it first.',
  withheld: 'The log did not keep the body, which mentioned a secret and was no JSON: write it anew.',
  dropped: 'The log did not keep the body, for too many requests came at once: write it anew.',
} as const

/** Throws `Refusal` for what was no request. Reads as a curl command with `$SCIM_TOKEN` in place of the token. `origin` is where the endpoint is reached, without a path. */
export function curlCommand(detail: JournalDetail, origin: string): CurlCommand {
  const { method, content } = detail
  if (method === '') throw new Refusal('It never became a request, so that there is nothing to send again.')
  // An absolute target (RFC 9112 §3.2.2) loses its scheme and authority.
  const target = detail.target.replace(/^[a-z]+:\/\/[^/]*/i, '')
  const path = target.startsWith('/') ? target : `/${target}`
  const body = content?.requestBody
  const headers = (content?.requestHeaders ?? []).filter(({ name }) => !isLeftOut(name.toLowerCase()))
  const lines = [
    // The target is sent as it was written: curl would take brackets for a pattern, and dots for a way up.
    `curl --globoff --path-as-is${method === 'GET' ? '' : ` --request ${quoted(method)}`} ${quoted(origin + path)}`,
    '--header "Authorization: Bearer $SCIM_TOKEN"',
    ...headers.map(({ name, value }) => `--header ${quoted(printableHeader(`${name}: ${value}`))}`),
    ...(body === undefined || body === ''
      ? [] // A body that begins with @ would be a file for the other options.
      : [`--data-raw ${quoted(body)}`]),
  ]
  const command = lines.join(' \\\n  ')
  const bodyRemark = bodyRemarks[detail.requestBodyState]
  const isRedacted = /\[redacted\]|%5Bredacted%5D/i.test(command)
  return {
    command,
    remarks: [
      'Put the token of the integration into SCIM_TOKEN first: export SCIM_TOKEN=…',
      ...(isRedacted ? ['Put the real values in place of [redacted]: the log does not have them.'] : []),
      ...(bodyRemark === undefined ? [] : [bodyRemark]),
      ...(command.includes('\0') ? ['A NUL character stands in it, which no shell can pass on.'] : []),
    ],
  }
}
