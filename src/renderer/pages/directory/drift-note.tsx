import { Button } from '@mantine/core'
import type { Drift } from '../../../contract/resource.ts'
import { RelativeTime } from '../../components/text/relative-time.tsx'
import { StateBadge } from '../../components/state/state-badge.tsx'
import type { DriftActions } from './attribute-groups.tsx'
import { valueText } from './value-text.ts'
import classes from './drift-note.module.css'

interface DriftNoteProps extends DriftActions {
  readonly drift: Drift
}

/** Says that a person has changed what an identity provider wrote, and takes its value back. */
export function DriftNote({ drift, managerName, isBusy, onTakeBack }: DriftNoteProps) {
  const { attribute, idpValue, at, actor } = drift
  return (
    <div className={classes['note']}>
      <StateBadge meaning="attention" word="Edited by hand" />
      <RelativeTime at={at} isPast />
      <span className="breakable">
        {actor === 'command line' && 'On the command line. '}
        {managerName}{' '}
        {idpValue === null ? (
          'gave it no value'
        ) : (
          <>
            wrote “<bdi>{valueText(idpValue)}</bdi>”
          </>
        )}
        .
      </span>
      <Button
        variant="default"
        size="compact-xs"
        disabled={isBusy}
        aria-label={`Take it back: the value of ${attribute}`}
        onClick={() => onTakeBack(attribute)}
      >
        Take it back
      </Button>
    </div>
  )
}
