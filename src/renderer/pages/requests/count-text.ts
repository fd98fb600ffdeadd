import { numberText } from '../../components/amount-text.ts'

interface Counted {
  readonly count: number | null
  readonly isExact: boolean
  readonly total: number
}

/** `12 of 3,408`; `12+ of 3,400,000` where not all could be counted; the total alone without a filter, or for a search in texts. */
export function countText(counted: Counted | undefined, isFiltered: boolean): string {
  if (!counted) return ''
  const { count, isExact, total } = counted
  if (!isFiltered || count === null) return `${isFiltered ? 'some of ' : ''}${numberText(total)}`
  return `${numberText(count)}${isExact ? '' : '+'} of ${numberText(total)}`
}
