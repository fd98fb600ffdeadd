import type { ReactNode } from 'react'
import { SetupRail } from './setup-rail.tsx'
import type { SetupStep } from './setup-steps.ts'
import classes from './setup-frame.module.css'

interface SetupFrameProps {
  readonly current: SetupStep
  readonly hrefOf: (step: SetupStep) => string | undefined
  readonly isDone: (step: SetupStep) => boolean
  readonly children: ReactNode
}

/** The steps at the left, the present one at the right. */
export function SetupFrame({ children, ...rail }: SetupFrameProps) {
  return (
    <div className={classes['frame']}>
      <SetupRail {...rail} />
      <div className={classes['content']}>{children}</div>
    </div>
  )
}
