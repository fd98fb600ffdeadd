import { numberText } from '../../components/text/amount-text.ts'

interface Counted {
  readonly count: number | null
  readonly isExact: boolean
  readonly total: number
}

/** `3,408 in all`, `12 of 3,408`, `12+ of 3,400,000` where not all could be counted; a search in texts is not counted. */
export function countText(counted: Counted | undefined, isFiltered: boolean): string {
  if (!counted) return ''
  const { count, isExact, total } = counted
  if (!isFiltered) return `${numberText(total)} in all`
  if (count === null) return `some of ${numberText(total)}`
  return `${numberText(count)}${isExact ? '' : '+'} of ${numberText(total)}`
}

/** What was counted, and what has come since that matches. */
export function withArrived(counted: Counted, arrived: number): Counted {
  const { count, total } = counted
  return { ...counted, count: count === null ? null : count + arrived, total: total + arrived }
}
