import { Link } from 'wouter'
import type { Plan, PlanOutcome } from '../../../contract/conversions.ts'
import { amountText, numberText } from '../../components/text/amount-text.ts'
import { stateIcons } from '../../components/state/state-badge.tsx'
import { outcomesOf } from './outcome-text.ts'
import classes from './outcome-bar.module.css'

interface OutcomeBarProps {
  readonly plan: Plan
  /** The one whose people are listed; null for everybody. */
  readonly outcome: PlanOutcome | null
  readonly hrefOf: (slug: string | null) => string
}

/** What would become of everybody: a bar, and under it its legend, which filters the list. */
export function OutcomeBar({ plan, outcome, hrefOf }: OutcomeBarProps) {
  const outcomes = outcomesOf(plan)
  const countOf = (each: PlanOutcome) => plan.counts[each]
  const summary = outcomes.map((each) => `${each.word}: ${numberText(countOf(each.outcome))}`).join(', ')
  return (
    <div className={classes['whole']}>
      <div
        className={classes['bar']}
        role="img"
        aria-label={`${amountText(plan.total, 'person', 'people')}. ${summary}`}
      >
        {outcomes.map((each) => {
          const count = countOf(each.outcome)
          return count === 0 ? null : (
            <span key={each.outcome} data-outcome={each.outcome} style={{ flexGrow: count }} />
          )
        })}
      </div>
      <nav aria-label="Filter by outcome" className={classes['tabs']}>
        <Link href={hrefOf(null)} aria-current={outcome === null ? 'true' : undefined}>
          Everybody <span className={classes['count']}>{numberText(plan.total)}</span>
        </Link>
        {outcomes.map((each) => {
          const Icon = stateIcons[each.icon ?? each.meaning]
          return (
            <Link
              key={each.outcome}
              href={hrefOf(each.slug)}
              aria-current={outcome === each.outcome ? 'true' : undefined}
              data-outcome={each.outcome}
              data-none={countOf(each.outcome) === 0 || undefined}
            >
              <Icon size={13} strokeWidth={2.25} aria-hidden />
              {each.title} <span className={classes['count']}>{numberText(countOf(each.outcome))}</span>
            </Link>
          )
        })}
      </nav>
    </div>
  )
}
