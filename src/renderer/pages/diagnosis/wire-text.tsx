import { CopyButton } from '../../components/file/copy-button.tsx'
import classes from './wire-text.module.css'

interface WireTextProps {
  /** "Request". */
  readonly title: string
  /** Of what it is, for screen readers: several stand on a screen. */
  readonly of: string
  readonly text: string
}

/** What went over the wire, as text: nothing in it is markup, and long lines break. */
export function WireText({ title, of, text }: WireTextProps) {
  const label = `${title}: ${of}`
  return (
    <div className={classes['frame']}>
      <div className={classes['head']}>
        <span>{title}</span>
        <CopyButton value={text} what={label} />
      </div>
      {/* Long ones scroll, so they have to be reachable by keyboard. */}
      <pre className={classes['text']} tabIndex={0} aria-label={label}>
        {text}
      </pre>
    </div>
  )
}
