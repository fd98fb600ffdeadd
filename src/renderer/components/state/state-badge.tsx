import type { LucideIcon } from 'lucide-react'
import {
  Ban,
  CircleCheck,
  CircleDashed,
  CirclePause,
  CircleX,
  Info,
  Lock,
  Moon,
  Power,
  RotateCw,
  TriangleAlert,
} from 'lucide-react'
import classes from './state-badge.module.css'

/** What a state means; each has a colour that reads on both themes. */
export type Meaning = 'ok' | 'attention' | 'failure' | 'information' | 'neutral'

export const stateIcons = {
  ok: CircleCheck,
  attention: TriangleAlert,
  failure: CircleX,
  information: Info,
  neutral: CircleDashed,
  paused: CirclePause,
  stopped: Power,
  disabled: Ban,
  quiet: Moon,
  working: RotateCw,
  locked: Lock,
} satisfies Record<string, LucideIcon>

export type StateIcon = keyof typeof stateIcons

interface StateBadgeProps {
  readonly meaning: Meaning
  readonly word: string
  /** The meaning's own unless another says it better. */
  readonly icon?: StateIcon
}

/** A state as an icon, a word and a colour: never a colour alone. */
export function StateBadge({ meaning, word, icon }: StateBadgeProps) {
  const Icon = stateIcons[icon ?? meaning]
  return (
    <span className={classes['badge']} data-meaning={meaning}>
      <Icon size={14} strokeWidth={2.25} aria-hidden />
      {word}
    </span>
  )
}
