import { Switch } from '@mantine/core'
import type { CheckTestResult } from '../../../contract/endpoint-tests.ts'
import { amountText } from '../../components/text/amount-text.ts'
import { Nothing } from '../../components/state/nothing.tsx'
import { Panel } from '../../components/page/panel.tsx'
import { CheckedPointItem } from './checked-point-item.tsx'
import classes from './checked-points.module.css'

interface CheckResultProps {
  readonly result: CheckTestResult
  /** What has passed is left out. */
  readonly isOnlyUnmet: boolean
  readonly onOnlyUnmet: (isOnly: boolean) => void
}

/** The points of a check by subject. */
export function CheckResult({ result, isOnlyUnmet, onOnlyUnmet }: CheckResultProps) {
  const { counts, groups } = result
  const shown = groups
    .map(({ subject, checks }) => ({
      subject,
      all: checks,
      checks: isOnlyUnmet ? checks.filter(({ look }) => look !== 'passed') : checks,
    }))
    .filter(({ checks }) => checks.length > 0)
  return (
    <Panel
      title="Points"
      actions={
        <Switch
          size="xs"
          label="Only what is not passed"
          checked={isOnlyUnmet}
          onChange={(event) => onOnlyUnmet(event.currentTarget.checked)}
        />
      }
    >
      <p className={classes['counts']}>
        {counts.passed} passed, {counts.failed} failed, {amountText(counts.warnings, 'warning')}, {counts.skipped} left
        out
      </p>
      {shown.length === 0 && (
        <Nothing why="filtered" title="Everything has passed">
          Switch the filter off to see all of it.
        </Nothing>
      )}
      {shown.map(({ subject, all, checks }) => (
        <section key={subject} className={classes['group']}>
          <h3>
            {subject}{' '}
            <span className={classes['of']}>
              {all.filter(({ look }) => look === 'passed').length} of {all.length} passed
            </span>
          </h3>
          <ul className={classes['list']} aria-label={subject}>
            {checks.map((point) => (
              <CheckedPointItem key={point.id} point={point} />
            ))}
          </ul>
        </section>
      ))}
    </Panel>
  )
}
