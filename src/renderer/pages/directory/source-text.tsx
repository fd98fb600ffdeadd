import { isolated } from '../../components/text/isolated.ts'
import { StateBadge } from '../../components/state/state-badge.tsx'
import { amountText } from '../../components/text/amount-text.ts'
import classes from './source-text.module.css'

interface Sourced {
  readonly source: 'local' | 'scim'
  readonly manager: { readonly slug: string; readonly name: string } | null
  readonly isSample: boolean
}

/** Where a record comes from, in a word: "Local", or the name of the integration that manages it. */
export function sourceWord({ source, manager, isSample }: Sourced): string {
  if (isSample && source === 'local') return 'Sample'
  return source === 'local' ? 'Local' : isolated(manager?.name ?? 'SCIM')
}

interface SourceCellProps {
  readonly record: Sourced & { readonly drifted: number }
}

/** Where a record comes from, and whether a person has changed what an identity provider wrote. */
export function SourceCell({ record }: SourceCellProps) {
  return (
    <span className={classes['cell']}>
      <span className="truncated" dir="auto" title={sourceWord(record)}>
        {sourceWord(record)}
      </span>
      {record.drifted > 0 && (
        <span title={`${amountText(record.drifted, 'change')} by hand that the identity provider has not overwritten`}>
          <StateBadge meaning="attention" word="Edited" />
        </span>
      )}
    </span>
  )
}
