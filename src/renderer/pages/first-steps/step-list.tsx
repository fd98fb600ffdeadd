import { Button, Text } from '@mantine/core'
import { ArrowRight, Check, Dot } from 'lucide-react'
import { Link } from 'wouter'
import type { FirstStep } from './first-steps.ts'
import classes from './step-list.module.css'

interface StepListProps {
  readonly steps: readonly FirstStep[]
  /** Lets the endpoint listen. */
  readonly onStart: () => void
}

const icons = { done: Check, next: ArrowRight, open: Dot } as const
const words = { done: 'Done', next: 'Next', open: 'Open' } as const

function Action({ step, onStart }: { readonly step: FirstStep; readonly onStart: () => void }) {
  if (!step.action) return null
  const { label, href } = step.action
  const variant = step.state === 'next' ? 'filled' : 'default'
  return href === undefined ? (
    <Button variant={variant} onClick={onStart}>
      {label}
    </Button>
  ) : (
    <Button component={Link} href={href} variant={variant}>
      {label}
    </Button>
  )
}

/** The steps with what is done, what comes next, and the way there. */
export function StepList({ steps, onStart }: StepListProps) {
  return (
    <ol className={classes['list']}>
      {steps.map((step) => {
        const Icon = icons[step.state]
        return (
          <li key={step.id} data-state={step.state} aria-current={step.state === 'next' ? 'step' : undefined}>
            <span className={classes['sign']}>
              <Icon size={14} strokeWidth={2.5} aria-label={words[step.state]} />
            </span>
            <div className={classes['what']}>
              <Text size="sm" fw={500} component="span">
                {step.title}
              </Text>
              {step.isOptional && step.state !== 'done' && (
                <Text size="xs" c="dimmed" component="span">
                  {' '}
                  · worth having
                </Text>
              )}
              <Text size="sm" c="dimmed" className="breakable">
                {step.text}
              </Text>
            </div>
            <Action step={step} onStart={onStart} />
          </li>
        )
      })}
    </ol>
  )
}
