import type { Cycle, FailureKind } from '../../../contract/provisioning.ts'
import { shortTimeText, spanText } from '../../components/text/time-text.ts'

/** A cycle as a sentence: "Incremental cycle at 14:00, 3 min: 412 users checked". */
export function cycleSentence({ name, startedAt, endedAt, durationMs, result }: Cycle, now: number): string {
  const length = endedAt === null ? `running for ${spanText(durationMs)}` : spanText(durationMs)
  return `${name} at ${shortTimeText(startedAt, now)}, ${length}: ${result}`
}

const failureWords: { readonly [kind in FailureKind]: string } = {
  ambiguous: 'a lookup found several',
  conflict: 'the name is taken (409)',
  invalid: 'it cannot be accepted (400)',
  'not-found': 'nobody here has that id (404)',
  'not-allowed': 'the policy does not allow it (403)',
  'too-large': 'it is too large (413)',
  'server-error': 'an error of Rollcall (5xx)',
  other: 'something else',
}

export function failureWord(kind: FailureKind): string {
  return failureWords[kind]
}

export const phaseWords: { readonly [phase in Cycle['phase']]: string } = {
  users: 'users',
  groups: 'groups',
  references: 'members and managers',
}
