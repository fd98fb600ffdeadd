import { useMemo } from 'react'
import { excerpt, lineDiff, type DiffLine } from '../text/line-diff.ts'
import classes from './diff-view.module.css'

interface DiffViewProps {
  readonly before: unknown
  readonly after: unknown
  readonly label: string
  /** So many lines around a difference are shown, and the rest is left out; without it all are. */
  readonly context?: number
}

const signs = { same: ' ', removed: '−', added: '+' } as const
const words = { same: '', removed: 'removed: ', added: 'added: ' } as const

function text(value: unknown): string {
  return value === null || value === undefined ? '' : JSON.stringify(value, undefined, 2)
}

/** Two values as JSON, line by line: what went has a minus, what came a plus, beside the colour. */
export function DiffView({ before, after, label, context }: DiffViewProps) {
  const lines = useMemo(() => {
    const all = lineDiff(text(before), text(after))
    return context === undefined ? all : excerpt(all, context)
  }, [before, after, context])
  return <DiffLines lines={lines} label={label} />
}

interface DiffLinesProps {
  readonly lines: readonly DiffLine[]
  readonly label: string
}

/** The lines of a comparison. */
export function DiffLines({ lines, label }: DiffLinesProps) {
  return (
    <pre className={classes['diff']} tabIndex={0} aria-label={label}>
      {lines.map((line, n) => (
        <span key={n} className={classes['line']} data-kind={line.kind}>
          <span aria-hidden>{signs[line.kind]} </span>
          <span className="unseen">{words[line.kind]}</span>
          {line.text}
          {'\n'}
        </span>
      ))}
    </pre>
  )
}
