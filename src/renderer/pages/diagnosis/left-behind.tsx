import type { TestResult } from '../../../contract/endpoint-tests.ts'
import { amountText } from '../../components/text/amount-text.ts'
import { Notice } from '../../components/state/notice.tsx'
import classes from './diagnosis.module.css'

type Left = TestResult['leftBehind']

/** More are a click away. */
const shownAtOnce = 5

function LeftList({ left, label }: { readonly left: Left; readonly label: string }) {
  return (
    <ul className={classes['left']} aria-label={label}>
      {left.map(({ endpoint, id, name, reason }) => (
        <li key={`${endpoint} ${id ?? ''} ${name}`}>
          <code>
            {endpoint}/{id ?? '?'}
          </code>{' '}
          <bdi>{name}</bdi>
          <span className={classes['soft']}>{reason}</span>
        </li>
      ))}
    </ul>
  )
}

/** What could not be removed from the endpoint; nothing is drawn for nothing. */
export function LeftBehind({ leftBehind, moreLeftBehind }: Pick<TestResult, 'leftBehind' | 'moreLeftBehind'>) {
  if (leftBehind.length === 0) return null
  const count = leftBehind.length + moreLeftBehind
  const others = leftBehind.slice(shownAtOnce)
  return (
    <Notice
      meaning="attention"
      title={`${amountText(count, 'resource')} could not be removed. Remove ${count === 1 ? 'it' : 'them'} by hand.`}
    >
      <LeftList left={leftBehind.slice(0, shownAtOnce)} label="Left at the endpoint" />
      {others.length > 0 && (
        <details className={classes['others']}>
          <summary>{amountText(others.length + moreLeftBehind, 'more', 'more')}</summary>
          <LeftList left={others} label="Also left at the endpoint" />
          {moreLeftBehind > 0 && <p>… and {amountText(moreLeftBehind, 'more', 'more')}, which are called alike.</p>}
        </details>
      )}
    </Notice>
  )
}
