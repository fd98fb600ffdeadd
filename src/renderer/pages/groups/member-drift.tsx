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
  const outOfSight = group.memberDrift.filter((each) => each.isOutOfSight)
  const inSight = group.memberDrift.filter((each) => !each.isOutOfSight)
  const lists = [
    ['Put in', inSight.filter(({ what }) => what === 'added')],
    ['Taken out', inSight.filter(({ what }) => what === 'removed')],
    ['Put in or taken out, but archived or a local administrator by now, and left as they are', outOfSight],
  ] as const
  return (
    <section className={classes['drift']} aria-label="Members changed by hand">
      <StateBadge meaning="attention" word="Members edited by hand" />
      {lists.map(([words, list]) =>
        list.length === 0 ? null : (
          <Text key={words} size="sm" className="breakable">
            {words}:{' '}
            {list
              .slice(0, named)
              .map((each) => isolated(each.name ?? 'somebody who is gone'))
              .join(', ')}
            {list.length > named && ` and ${amountText(list.length - named, 'other')}`}
          </Text>
        ),
      )}
      {inSight.length > 0 && (
        <Button variant="default" size="compact-xs" disabled={isBusy} onClick={onTakeBack}>
          Take the members of {sourceWord(group)} back
        </Button>
      )}
    </section>
  )
}
