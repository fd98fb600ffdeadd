import { Button, Text } from '@mantine/core'
import type { GroupDetail } from '../../../contract/groups.ts'
import { amountText } from '../../components/text/amount-text.ts'
import { isolated } from '../../components/text/isolated.ts'
import { StateBadge } from '../../components/state/state-badge.tsx'
import { sourceWord } from '../directory/source-text.tsx'
import classes from './member-drift.module.css'

interface MemberDriftProps {
  readonly group: GroupDetail
  readonly isBusy: boolean
  readonly onTakeBack: () => void
}

const named = 8

/** Whom a person put in or took out of a group that an identity provider manages. */
export function MemberDrift({ group, isBusy, onTakeBack }: MemberDriftProps) {
  const listOf = (what: 'added' | 'removed') => group.memberDrift.filter((each) => each.what === what)
  return (
    <section className={classes['drift']} aria-label="Members changed by hand">
      <StateBadge meaning="attention" word="Members edited by hand" />
      {(['added', 'removed'] as const).map((what) => {
        const list = listOf(what)
        return list.length === 0 ? null : (
          <Text key={what} size="sm" className="breakable">
            {what === 'added' ? 'Put in' : 'Taken out'}:{' '}
            {list
              .slice(0, named)
              .map((each) => isolated(each.name ?? 'somebody who is gone'))
              .join(', ')}
            {list.length > named && ` and ${amountText(list.length - named, 'other')}`}
          </Text>
        )
      })}
      <Button variant="default" size="compact-xs" disabled={isBusy} onClick={onTakeBack}>
        Take the members of {sourceWord(group)} back
      </Button>
    </section>
  )
}
