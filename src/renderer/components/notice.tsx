import { Alert } from '@mantine/core'
import { CircleCheck, CircleX, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

interface NoticeProps {
  readonly meaning: 'ok' | 'attention' | 'failure' | 'information'
  readonly title?: string
  readonly children?: ReactNode
  /** What can be done about it: buttons. */
  readonly action?: ReactNode
  /** It came up after something that the person did, so that it is read out. */
  readonly isNew?: boolean
}

const colours = { ok: 'teal', attention: 'yellow', failure: 'red', information: 'blue' } as const
const icons = { ok: CircleCheck, attention: TriangleAlert, failure: CircleX, information: Info } as const

/** A sentence that a person should not overlook, beside what it is about. */
export function Notice({ meaning, title, children, action, isNew = false }: NoticeProps) {
  const Icon = icons[meaning]
  return (
    <Alert
      variant="light"
      color={colours[meaning]}
      role={isNew ? 'status' : 'note'}
      icon={<Icon size={16} aria-hidden />}
      title={title}
      classNames={{ message: 'breakable' }}
    >
      {children}
      {action !== undefined && <div style={{ marginTop: 8 }}>{action}</div>}
    </Alert>
  )
}
