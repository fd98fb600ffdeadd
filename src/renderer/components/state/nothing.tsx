import { Text } from '@mantine/core'
import { CirclePause, FilterX, Inbox, Power, Unplug, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import classes from './nothing.module.css'

const icons = {
  empty: Inbox,
  filtered: FilterX,
  paused: CirclePause,
  stopped: Power,
  disconnected: Unplug,
} satisfies Record<string, LucideIcon>

interface NothingProps {
  /** Why there is nothing: each of the five says something else, and what to do next. */
  readonly why: keyof typeof icons
  readonly title: string
  readonly children?: ReactNode
  readonly action?: ReactNode
}

/** Stands where there is nothing to show. */
export function Nothing({ why, title, children, action }: NothingProps) {
  const Icon = icons[why]
  return (
    <div className={classes['nothing']} data-why={why}>
      <Icon size={20} aria-hidden className={classes['icon']} />
      <Text fw={500} ta="center" className="breakable">
        {title}
      </Text>
      {children !== undefined && (
        <Text size="sm" c="dimmed" component="div" ta="center" maw={460}>
          {children}
        </Text>
      )}
      {action !== undefined && <div className={classes['action']}>{action}</div>}
    </div>
  )
}
