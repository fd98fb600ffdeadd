import { items, member, textOf } from '../../../idp/simulated/answer-content.ts'
import { amount } from '../../text/amount.ts'
import type { Answer } from '../exchange.ts'
import type { Unmet } from './check.ts'
import { hasStatus, holds, isKind } from './expectations.ts'
import type { MadeUser } from './lab.ts'

/** The ids of the members that a group shows. */
export function memberIds(answer: Answer): readonly string[] {
  return items(member(answer.body, 'members')).map((each) => textOf(each, 'value') ?? '')
}

/** A group read back: these are in it, and nobody else. */
export function hasMembers(read: Answer, ...users: readonly MadeUser[]): Unmet | undefined {
  const ids = memberIds(read)
  const isSame = ids.length === users.length && users.every((each) => ids.includes(each.id))
  return (
    hasStatus(read, 200) ??
    isKind(read, ['id'], 'string') ??
    holds(
      isSame,
      amount(users.length, 'member'),
      `${ids.length}, ${users.filter((each) => ids.includes(each.id)).length} of them meant`,
      read,
    )
  )
}
