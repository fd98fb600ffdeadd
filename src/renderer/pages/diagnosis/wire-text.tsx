import { CopyButton } from '../../components/copy-button.tsx'
import classes from './wire-text.module.css'

interface WireTextProps {
  /** What it is, for screen readers and beside the button: "Request". */
  readonly label: string
  readonly text: string
}

/** What went over the wire, as text: nothing in it is markup, and long lines break. */
export function WireText({ label, text }: WireTextProps) {
  return (
    <div className={classes['frame']}>
      <div className={classes['head']}>
        <span>{label}</span>
        <CopyButton value={text} what={label} />
      </div>
      {/* Long ones scroll, so they have to be reachable by keyboard. */}
      <pre className={classes['text']} tabIndex={0} aria-label={label}>
        {text}
      </pre>
    </div>
  )
}
