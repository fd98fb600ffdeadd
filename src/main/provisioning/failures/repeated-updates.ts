import type { IdpId } from '../../../idp/idp.ts'
import { noteSentence } from '../../../idp/notes.ts'
import { compareByCodePoint } from '../../../scim/text/fold.ts'
import { unreachable } from '../../../scim/unreachable.ts'
import type { RepeatedUpdate, RepeatReason } from './repeated-update.ts'

/** Twice can be chance. */
const fewestTimes = 2
const mostExamples = 5

/** An attribute that an IdP sets to the same value in cycle after cycle. */
export interface RepeatedAttribute {
  readonly noun: 'user' | 'group'
  readonly path: string
  readonly reason: RepeatReason
  /** Which attribute reads back differently, and why: a sentence for a person. */
  readonly sentence: string
  readonly resources: number
  /** In how many cycles it came for the one for whom it came most often. */
  readonly times: number
  readonly since: number
  readonly lastAt: number
  readonly examples: readonly { readonly resourceId: string; readonly exchange: number }[]
}

function why({ reason, form, path }: RepeatedUpdate, idp: IdpId | undefined): string {
  switch (reason) {
    case 'unknown-attribute':
      return `No schema knows "${path}", so it is ignored and never reads back. Add it under Attributes, or take it out of the mapping.`
    case 'read-only':
      return `"${path}" is set by the service provider alone, so what is sent never reads back. Take it out of the mapping.`
    case 'not-kept':
      return 'Passwords are not kept, so they never read back. Take the password out of the mapping.'
    case 'other-form':
      return `"${path}" reads back in another form than it is sent. ${form === undefined ? '' : noteSentence({ step: 'parse', code: form, path }, idp)}`.trim()
    case 'stored-already':
      return `"${path}" is stored as it is sent; the identity provider compares it with something else, often the value of another type. Compare the mapping with what it reads.`
    case 'changed-between':
      return `"${path}" is changed by somebody else between the cycles: by hand, or by another mapping or integration that writes the same attribute.`
    default:
      return unreachable(reason)
  }
}

/** The repeated updates by attribute and reason, those of most people first, explained by the habits of an IdP. */
export function repeatedAttributes(
  updates: readonly RepeatedUpdate[],
  idp: IdpId | undefined,
): readonly RepeatedAttribute[] {
  const byCause = Map.groupBy(
    updates.filter((each) => each.times >= fewestTimes),
    ({ noun, path, reason, form }) => `${noun} ${path.toLowerCase()} ${reason} ${form ?? ''}`,
  )
  return [...byCause.values()]
    .flatMap((same): readonly RepeatedAttribute[] => {
      const [first] = same
      if (first === undefined) return []
      return [
        {
          noun: first.noun,
          path: first.path,
          reason: first.reason,
          sentence: why(first, idp),
          resources: new Set(same.map((each) => each.resourceId)).size,
          times: Math.max(...same.map((each) => each.times)),
          since: Math.min(...same.map((each) => each.firstAt)),
          lastAt: Math.max(...same.map((each) => each.lastAt)),
          examples: same
            .slice(0, mostExamples)
            .map(({ resourceId, lastExchange }) => ({ resourceId, exchange: lastExchange })),
        },
      ]
    })
    .toSorted((a, b) => b.resources - a.resources || b.times - a.times || compareByCodePoint(a.path, b.path))
}
