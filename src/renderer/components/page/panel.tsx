import { Group, Title } from '@mantine/core'
import { useId, type ReactNode } from 'react'
import classes from './panel.module.css'

interface PanelProps {
  readonly title: string
  readonly actions?: ReactNode
  readonly children: ReactNode
  /** A table reaches to the edges. */
  readonly isFlush?: boolean
}

/** A part of a screen with a title of its own. */
export function Panel({ title, actions, children, isFlush = false }: PanelProps) {
  const id = useId()
  return (
    <section className={classes['panel']} aria-labelledby={id}>
      <Group justify="space-between" gap="xs" className={classes['head']}>
        <Title order={2} id={id}>
          {title}
        </Title>
        {actions !== undefined && <Group gap="xs">{actions}</Group>}
      </Group>
      <div className={isFlush ? classes['flush'] : classes['body']}>{children}</div>
    </section>
  )
}
