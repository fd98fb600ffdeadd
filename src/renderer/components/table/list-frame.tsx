import type { ReactNode } from 'react'
import classes from './list-frame.module.css'

interface ListFrameProps {
  readonly children: ReactNode
  /** It takes what is left of the screen, and scrolls in itself. */
  readonly fills?: boolean
}

/** The frame around a list. */
export function ListFrame({ children, fills = false }: ListFrameProps) {
  return (
    <div className={classes['frame']} data-fills={fills || undefined}>
      {children}
    </div>
  )
}
