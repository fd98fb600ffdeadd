import type { ReactNode } from 'react'
import classes from './list-frame.module.css'

/** The frame of a list that fills the screen. */
export function ListFrame({ children }: { readonly children: ReactNode }) {
  return <div className={classes['frame']}>{children}</div>
}
