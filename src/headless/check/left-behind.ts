import type { LeftBehind } from '../../main/diagnosis/made-resources.ts'
import { amount } from '../../main/text/amount.ts'
import { printable } from '../terminal/printable.ts'

const mostNamed = 20

/** Names what could not be removed from the endpoint, so that somebody can do it by hand. */
export function leftBehindLines(left: readonly LeftBehind[]): readonly string[] {
  if (left.length === 0) return []
  return [
    `${amount(left.length, 'resource')} could not be removed:`,
    ...left
      .slice(0, mostNamed)
      .map(({ endpoint, id, name, reason }) => printable(`  ${endpoint}/${id ?? '?'} ${name}: ${reason}`)),
    ...(left.length > mostNamed ? [`  … and ${left.length - mostNamed} more; --json names them all.`] : []),
  ]
}
