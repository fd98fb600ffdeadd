import { Check } from 'lucide-react'
import { Link } from 'wouter'
import classes from './conversion-steps.module.css'

const steps = [
  { id: 'options', label: 'Options' },
  { id: 'preview', label: 'Preview' },
  { id: 'run', label: 'Run' },
  { id: 'result', label: 'Result' },
] as const

type Step = (typeof steps)[number]['id']

interface ConversionStepsProps {
  readonly current: Step
  /** Where the steps before are; those behind cannot be gone to. */
  readonly hrefs?: Readonly<Partial<Record<Step, string>>>
}

/** Where in the conversion this is. */
export function ConversionSteps({ current, hrefs }: ConversionStepsProps) {
  const reached = steps.findIndex(({ id }) => id === current)
  return (
    <ol className={classes['steps']} aria-label="Steps">
      {steps.map(({ id, label }, n) => {
        const href = hrefs?.[id]
        const content = (
          <>
            <span className={classes['mark']} aria-hidden>
              {n < reached ? <Check size={11} strokeWidth={3} /> : n + 1}
            </span>
            {label}
            {n < reached && <span className="unseen">, done</span>}
          </>
        )
        return (
          <li key={id} aria-current={n === reached ? 'step' : undefined} data-done={n < reached || undefined}>
            {href === undefined || n === reached ? <span>{content}</span> : <Link href={href}>{content}</Link>}
          </li>
        )
      })}
    </ol>
  )
}
