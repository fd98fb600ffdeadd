import type { Cycle, FailureKind } from '../../../contract/provisioning.ts'
import { shortTimeText, spanText } from '../../components/time-text.ts'

/** A cycle as a sentence: "Incremental cycle at 14:00, 3 min: 412 users checked". */
export function cycleSentence({ name, startedAt, endedAt, durationMs, result }: Cycle, now: number): string {
  const length = endedAt === null ? `running for ${spanText(durationMs)}` : spanText(durationMs)
  return `${name} at ${shortTimeText(startedAt, now)}, ${length}: ${result}`
}

const failureWords: { readonly [kind in FailureKind]: string } = {
  ambiguous: 'lookups found several',
  conflict: 'names taken by somebody else (409)',
  invalid: 'requests that could not be accepted (400)',
  'not-found': 'about somebody who is not here (404)',
  'not-allowed': 'not allowed by the policy (403)',
  'too-large': 'too large (413)',
  'server-error': 'errors of Rollcall (5xx)',
  other: 'other failures',
}

export function failureWord(kind: FailureKind): string {
  return failureWords[kind]
}

export const phaseWords: { readonly [phase in Cycle['phase']]: string } = {
  users: 'users',
  groups: 'groups',
  references: 'members and managers',
}
