import { domainToASCII } from 'node:url'

/** An e-mail address that nothing else can hide in. */
export interface MailAddress {
  readonly name: string | undefined
  readonly address: string
}

export type ParsedAddress =
  | { readonly ok: true; readonly value: MailAddress }
  | { readonly ok: false; readonly problem: string }

/** Letters and digits of any script, and what RFC 5322 §3.2.3 allows beside them; no quoting, so that no header can be broken out of. */
const localPart = /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u
const domainShape = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

/** Whether a text is one plain address, such as a mail can be sent to; its domain comes back in ASCII. */
export function parseBareAddress(text: string): ParsedAddress {
  const at = text.lastIndexOf('@')
  const local = text.slice(0, at)
  const domain = domainToASCII(text.slice(at + 1))
  if (at < 1 || local.length > 64 || !localPart.test(local) || !domainShape.test(domain))
    return { ok: false, problem: `"${text.slice(0, 100)}" is no e-mail address such as ops@example.com.` }
  return { ok: true, value: { name: undefined, address: `${local}@${domain}` } }
}

/** `ops@example.com` or `Rollcall <ops@example.com>`. */
export function parseMailAddress(text: string): ParsedAddress {
  const [, before = '', inner] = /^([^<>]*)<([^<>]+)>$/.exec(text.trim()) ?? []
  const name = before.trim()
  if (inner === undefined) return parseBareAddress(text.trim())
  if (/\p{Cc}/u.test(text)) return { ok: false, problem: 'A name cannot hold control characters.' }
  const parsed = parseBareAddress(inner.trim())
  if (!parsed.ok || name === '') return parsed
  return { ok: true, value: { name: name.replace(/^"(.*)"$/, '$1').slice(0, 100), address: parsed.value.address } }
}
