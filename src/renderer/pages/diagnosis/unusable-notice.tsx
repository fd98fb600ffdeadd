import { useEffect, useRef } from 'react'
import type { TestRunView } from '../../../contract/endpoint-tests.ts'
import { Notice } from '../../components/state/notice.tsx'
import { takeFreeFocus } from './take-free-focus.ts'
import classes from './diagnosis.module.css'

interface UnusableNoticeProps {
  readonly run: TestRunView
  /** It has just come, before the eyes of the person. */
  readonly isNew: boolean
}

/** Why nothing could be found out about an endpoint, beside the form that asked for it. */
export function UnusableNotice({ run, isNew }: UnusableNoticeProps) {
  const place = useRef<HTMLDivElement>(null)

  useEffect(() => {
    if (!isNew) return
    takeFreeFocus(place.current)
    place.current?.scrollIntoView({ block: 'nearest' })
  }, [isNew])

  return (
    <div ref={place} tabIndex={-1} className={classes['verdict']}>
      <Notice
        meaning="failure"
        title={run.idpName === null ? 'The endpoint could not be checked' : `${run.idpName} would not begin`}
        isNew
      >
        {run.problem}
        <div className={classes['url']}>{run.url}</div>
      </Notice>
    </div>
  )
}
