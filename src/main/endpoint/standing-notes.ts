import { noteText } from '../../scim/note.ts'
import type { Integration } from '../directory/directory-config.ts'

/** Notes that every request leaves, written once and used again. */

const accepted = new WeakMap<Integration, string>()
const routed = new Map<string, Map<string, string>>()
const answered = new Map<number, string>()
/** Methods are the client's words: no more of them than this are kept. */
const mostMethods = 16

/** That a token of the integration was accepted. */
export function acceptedText(integration: Integration): string {
  const known = accepted.get(integration)
  if (known !== undefined) return known
  const text = noteText({ step: 'authenticate', code: 'token-accepted', seen: integration.slug })
  accepted.set(integration, text)
  return text
}

/** Where a request was led; `endpoint` is the journal's word for it. */
export function routedText(method: string, endpoint: string): string {
  const ofMethod = routed.get(method) ?? new Map<string, string>()
  const known = ofMethod.get(endpoint)
  if (known !== undefined) return known
  const text = noteText({ step: 'route', code: 'routed', path: method, seen: endpoint })
  ofMethod.set(endpoint, text)
  if (routed.size < mostMethods) routed.set(method, ofMethod)
  return text
}

/** With which status a request was answered. */
export function answeredText(status: number): string {
  const known = answered.get(status)
  if (known !== undefined) return known
  const text = noteText({ step: 'status', code: 'answered', seen: String(status), count: status })
  answered.set(status, text)
  return text
}
