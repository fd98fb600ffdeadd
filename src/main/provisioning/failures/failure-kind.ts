import { z } from 'zod'

/** Why a request about a user or group failed, by the status of the answer. `ambiguous` is a lookup that found several. */
export const failureKinds = [
  'ambiguous',
  'conflict',
  'invalid',
  'not-found',
  'not-allowed',
  'too-large',
  'server-error',
  'other',
] as const

export type FailureKind = (typeof failureKinds)[number]

export const failureCountsSchema = z.record(z.enum(failureKinds), z.number()).readonly()

export type FailureCounts = z.infer<typeof failureCountsSchema>

export const noFailures: FailureCounts = {
  ambiguous: 0,
  conflict: 0,
  invalid: 0,
  'not-found': 0,
  'not-allowed': 0,
  'too-large': 0,
  'server-error': 0,
  other: 0,
}

/** The kind of a status from 400 up. */
export function failureKindOf(status: number): FailureKind {
  switch (status) {
    case 409:
      return 'conflict'
    case 400:
      return 'invalid'
    case 404:
      return 'not-found'
    case 403:
      return 'not-allowed'
    case 413:
      return 'too-large'
    default:
      return status >= 500 ? 'server-error' : 'other'
  }
}
