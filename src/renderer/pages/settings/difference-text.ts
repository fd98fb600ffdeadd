import type { BackupPreview } from '../../../contract/backups.ts'
import { amountText, numberText } from '../../components/text/amount-text.ts'

type Difference = NonNullable<BackupPreview['difference']>['users']

/** What a restore does to the users, or to the groups: `30 users go, 1 comes back.` What happens to nobody is left out. */
export function differenceText(one: string, { onlyHere, onlyThere, changed }: Difference): string {
  const parts = [
    { count: onlyHere, does: 'goes', do: 'go' },
    { count: onlyThere, does: 'comes back', do: 'come back' },
    { count: changed, does: 'is set back to an older state', do: 'are set back to an older state' },
  ].filter(({ count }) => count > 0)
  if (parts.length === 0) return `No ${one} differs.`
  const texts = parts.map(
    (part, n) =>
      `${n === 0 ? amountText(part.count, one) : numberText(part.count)} ${part.count === 1 ? part.does : part.do}`,
  )
  return `${texts.join(', ')}.`
}
