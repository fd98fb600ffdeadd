import type { ReactNode } from 'react'
import classes from './step-list.module.css'

/** Numbered steps, each an `li`: what to do, and below it what is put in. */
export function StepList({ children }: { readonly children: ReactNode }) {
  return <ol className={classes['steps']}>{children}</ol>
}
