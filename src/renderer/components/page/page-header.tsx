import { Breadcrumbs, Group, Text, Title } from '@mantine/core'
import { Fragment, useEffect, type ReactNode } from 'react'
import { Link } from 'wouter'
import classes from './page-header.module.css'

interface PageHeaderProps {
  readonly title: string
  /** What of the screen is open, a part or one of a list: the browser's tab and its history name it first. */
  readonly open?: string | undefined
  /** The screens above this one, the outermost first. */
  readonly above?: readonly { readonly label: string; readonly path: string }[]
  /** Stands beside the title: a state. */
  readonly state?: ReactNode
  readonly description?: ReactNode
  /** Buttons at the right; at most one of them primary. */
  readonly actions?: ReactNode
}

/** The head of a screen. It also names the browser's tab. */
export function PageHeader({ title, open, above, state, description, actions }: PageHeaderProps) {
  useEffect(() => {
    document.title = `${open === undefined ? '' : `${open} · `}${title} · Rollcall`
  }, [title, open])
  return (
    <header className={classes['header']}>
      {above && (
        <nav aria-label="Where this screen is">
          <Breadcrumbs separator="›" fz="xs" c="dimmed">
            {above.map(({ label, path }) => (
              <Link key={path} href={path} className={classes['crumb']} dir="auto">
                {label}
              </Link>
            ))}
            <Fragment />
          </Breadcrumbs>
        </nav>
      )}
      <div className={classes['head']}>
        <div className={classes['about']}>
          <Group gap="sm" className={classes['title']}>
            <Title order={1} className="breakable" tabIndex={-1}>
              {title}
            </Title>
            {state}
          </Group>
          {description !== undefined && (
            <Text c="dimmed" size="sm" component="div" className={classes['description']}>
              {description}
            </Text>
          )}
        </div>
        {actions !== undefined && (
          <Group gap="xs" className={classes['actions']}>
            {actions}
          </Group>
        )}
      </div>
    </header>
  )
}
