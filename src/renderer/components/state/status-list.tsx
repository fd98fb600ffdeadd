import { CircleCheck, CircleDashed, CircleX, Info, TriangleAlert, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Meaning } from './state-badge.tsx'
import classes from './status-list.module.css'

export interface StatusItem {
  readonly key: string
  readonly meaning: Meaning
  /** What the sign means, for who does not see it: "Problem". */
  readonly word: string
  /** What was looked at. */
  readonly title?: string
  readonly text: ReactNode
}

interface StatusListProps {
  readonly label: string
  readonly items: readonly StatusItem[]
}

const icons = {
  ok: CircleCheck,
  attention: TriangleAlert,
  failure: CircleX,
  information: Info,
  neutral: CircleDashed,
} satisfies Record<Meaning, LucideIcon>

/** Things that were looked at, each with a sign, a word and a sentence. */
export function StatusList({ label, items }: StatusListProps) {
  return (
    <ul className={classes['list']} aria-label={label}>
      {items.map(({ key, meaning, word, title, text }) => {
        const Icon = icons[meaning]
        return (
          <li key={key} data-meaning={meaning}>
            <Icon size={15} strokeWidth={2.25} aria-label={word} />
            <div className="breakable">
              {title !== undefined && <span className={classes['title']}>{title}</span>}
              {text}
            </div>
          </li>
        )
      })}
    </ul>
  )
}
