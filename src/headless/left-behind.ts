import type { LeftBehind } from '../main/diagnosis/made-resources.ts'
import { amount } from './amount.ts'
import type { CommandContext } from './command-context.ts'
import { printable } from './printable.ts'

const mostNamed = 20

/** Names what could not be removed from the endpoint, so that somebody can do it by hand. */
export function sayLeftBehind(context: CommandContext, left: readonly LeftBehind[]): void {
  if (left.length === 0) return
  context.say(`${amount(left.length, 'resource')} could not be removed:`)
  for (const { endpoint, id, name, reason } of left.slice(0, mostNamed))
    context.say(`  ${endpoint}/${printable(id ?? '?')} ${printable(name)}: ${printable(reason)}`)
  if (left.length > mostNamed) context.say(`  … and ${left.length - mostNamed} more; --json names them all.`)
}
