import { CircleCheck, CircleX, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import classes from './notice.module.css'

interface NoticeProps {
  readonly meaning: 'ok' | 'attention' | 'failure' | 'information'
  readonly title?: string
  readonly children?: ReactNode
  /** What can be done about it: buttons. */
  readonly action?: ReactNode
  /** It came up after something that the person did, so that it is read out. */
  readonly isNew?: boolean
}

const icons = { ok: CircleCheck, attention: TriangleAlert, failure: CircleX, information: Info } as const
const words = { ok: 'Done', attention: 'Attention', failure: 'Failure', information: 'Note' } as const

/** A sentence that a person should not overlook, beside what it is about. */
export function Notice({ meaning, title, children, action, isNew = false }: NoticeProps) {
  const Icon = icons[meaning]
  return (
    <div className={classes['notice']} data-meaning={meaning} role={isNew ? 'status' : 'note'}>
      <Icon size={16} strokeWidth={2.25} aria-label={words[meaning]} />
      <div className="breakable">
        {title !== undefined && <p className={classes['title']}>{title}</p>}
        {children}
        {action !== undefined && <div className={classes['action']}>{action}</div>}
      </div>
    </div>
  )
}
