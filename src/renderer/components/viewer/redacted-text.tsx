import { Fragment } from 'react'
import classes from './redacted-text.module.css'

/** What stands in the log in place of a secret. */
const redacted = '[redacted]'

/** A text from the log, in which what was left out is marked. */
export function RedactedText({ text }: { readonly text: string }) {
  if (!text.includes(redacted)) return <>{text}</>
  return (
    <>
      {text.split(redacted).map((part, n) => (
        <Fragment key={n}>
          {n > 0 && (
            <mark className={classes['redacted']} title="Left out before it was stored">
              {redacted}
            </mark>
          )}
          {part}
        </Fragment>
      ))}
    </>
  )
}
