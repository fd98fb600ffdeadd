import { CircleCheck, CircleX, Minus, TriangleAlert } from 'lucide-react'
import type { CheckedPoint } from '../../../contract/endpoint-tests.ts'
import { WireText } from './wire-text.tsx'
import classes from './checked-points.module.css'

const icons = { passed: CircleCheck, failed: CircleX, warning: TriangleAlert, skipped: Minus } as const
const words = { passed: 'Passed', failed: 'Failed', warning: 'Warning', skipped: 'Left out' } as const

/** One point of a check: what came of it, and of what is not as expected all that shows it. */
export function CheckedPointItem({ point }: { readonly point: CheckedPoint }) {
  const { title, basis, weight, look, expected, seen, reason, exchange } = point
  const Icon = icons[look]
  return (
    <li className={classes['point']} data-look={look}>
      <Icon size={15} strokeWidth={2.25} aria-label={words[look]} />
      <div className={classes['what']}>
        <div className={classes['line']}>
          <span className={look === 'failed' || look === 'warning' ? classes['wrong'] : undefined}>{title}</span>
          <span className={classes['basis']}>
            {weight} · {basis}
          </span>
        </div>
        {reason !== null && <p className={classes['reason']}>Left out: {reason}.</p>}
        {expected !== null && seen !== null && (
          <dl className={classes['facts']}>
            <dt>Expected</dt>
            <dd>{expected}</dd>
            <dt>Seen</dt>
            <dd>
              <bdi>{seen}</bdi>
            </dd>
          </dl>
        )}
        {exchange && (
          <details className={classes['exchange']} open>
            <summary>Request and answer</summary>
            <div className={classes['pair']}>
              <WireText title="Request" of={title} text={exchange.request} />
              <WireText title="Answer" of={title} text={exchange.answer} />
            </div>
          </details>
        )}
      </div>
    </li>
  )
}
