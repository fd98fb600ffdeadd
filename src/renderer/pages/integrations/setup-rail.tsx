import { Check } from 'lucide-react'
import { Link } from 'wouter'
import { setupSteps, type SetupStep } from './setup-steps.ts'
import classes from './setup-rail.module.css'

interface SetupRailProps {
  readonly current: SetupStep
  /** Where a step is; undefined for one that cannot be gone to. */
  readonly hrefOf: (step: SetupStep) => string | undefined
  readonly isDone: (step: SetupStep) => boolean
}

/** The steps beside the present one. */
export function SetupRail({ current, hrefOf, isDone }: SetupRailProps) {
  return (
    <ol className={classes['rail']} aria-label="Steps">
      {setupSteps.map(({ id, label }, n) => {
        const href = hrefOf(id)
        const content = (
          <>
            <span className={classes['mark']} aria-hidden>
              {isDone(id) ? <Check size={12} strokeWidth={3} /> : n + 1}
            </span>
            <span>{label}</span>
            {isDone(id) && <span className="unseen">, done</span>}
          </>
        )
        return (
          <li key={id} data-done={isDone(id) || undefined} aria-current={id === current ? 'step' : undefined}>
            {href === undefined || id === current ? (
              <span className={classes['step']}>{content}</span>
            ) : (
              <Link href={href} className={classes['step']}>
                {content}
              </Link>
            )}
          </li>
        )
      })}
    </ol>
  )
}
