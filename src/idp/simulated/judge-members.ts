import { items, member, textOf } from './answer-content.ts'
import { refusal } from './judge-resource.ts'
import type { SeenAnswer, Trouble } from './turn.ts'

function memberIds(answer: SeenAnswer): ReadonlySet<string> {
  return new Set(items(member(answer.body, 'members')).map((each) => textOf(each, 'value') ?? ''))
}

/** A group read back: these are in it, and that one is not any more. */
export function showsMembers(present: readonly string[], absent?: string) {
  return (answer: SeenAnswer): Trouble | undefined => {
    const wrong = refusal(answer, 200)
    if (wrong) return wrong
    const ids = memberIds(answer)
    const missing = present.filter((each) => !ids.has(each))
    if (missing.length > 0)
      return {
        code: absent === undefined ? 'members-not-shown' : 'members-lost',
        seen: `${missing.length} of ${present.length} members are missing`,
      }
    if (absent !== undefined && ids.has(absent))
      return { code: 'member-not-removed', seen: 'the member that was removed is still there' }
    return undefined
  }
}

/** A group that was asked for without its members. */
export function hidesMembers(answer: SeenAnswer): Trouble | undefined {
  const wrong = refusal(answer, 200)
  if (wrong) return wrong
  return member(answer.body, 'members') === undefined
    ? undefined
    : { code: 'members-not-excluded', seen: 'members, although excludedAttributes=members was asked for' }
}
