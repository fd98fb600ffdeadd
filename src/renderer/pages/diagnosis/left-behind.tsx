import type { TestResult } from '../../../contract/endpoint-tests.ts'
import { amountText } from '../../components/amount-text.ts'
import { Notice } from '../../components/notice.tsx'
import classes from './diagnosis.module.css'

/** What could not be removed from the endpoint; nothing is drawn for nothing. */
export function LeftBehind({ leftBehind, moreLeftBehind }: Pick<TestResult, 'leftBehind' | 'moreLeftBehind'>) {
  if (leftBehind.length === 0) return null
  const count = leftBehind.length + moreLeftBehind
  return (
    <Notice
      meaning="attention"
      title={`${amountText(count, 'resource')} could not be removed. Remove ${count === 1 ? 'it' : 'them'} by hand.`}
    >
      <ul className={classes['left']} aria-label="Left at the endpoint">
        {leftBehind.map(({ endpoint, id, name, reason }) => (
          <li key={`${endpoint} ${id ?? ''} ${name}`}>
            <code>
              {endpoint}/{id ?? '?'}
            </code>{' '}
            <bdi>{name}</bdi>
            <span className={classes['soft']}>{reason}</span>
          </li>
        ))}
      </ul>
      {moreLeftBehind > 0 && `… and ${amountText(moreLeftBehind, 'more', 'more')}, which are called alike.`}
    </Notice>
  )
}
