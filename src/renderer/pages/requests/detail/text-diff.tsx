import { Button, Text } from '@mantine/core'
import { useMemo, useState } from 'react'
import { amountText } from '../../../components/text/amount-text.ts'
import { DiffLines } from '../../../components/viewer/diff-view.tsx'
import { lineDiff } from '../../../components/text/line-diff.ts'
import classes from './detail.module.css'
import { diffHunks, type Hunk } from './diff-hunks.ts'

interface TextDiffProps {
  readonly before: string
  readonly after: string
  readonly label: string
}

/** Two texts compared line by line; long runs that are the same are hidden until somebody wants them. */
export function TextDiff({ before, after, label }: TextDiffProps) {
  const hunks = useMemo(() => diffHunks(lineDiff(before, after)), [before, after])
  if (before === after)
    return (
      <Text size="sm" c="dimmed">
        {before === '' ? 'Neither has one.' : 'No difference.'}
      </Text>
    )
  return (
    <div>
      {hunks.map((hunk, n) => (
        <OneHunk key={n} hunk={hunk} label={label} />
      ))}
    </div>
  )
}

function OneHunk({ hunk, label }: { readonly hunk: Hunk; readonly label: string }) {
  const [isShown, setShown] = useState(false)
  if (hunk.kind === 'lines' || isShown) return <DiffLines lines={hunk.lines} label={label} />
  return (
    <div className={classes['same']}>
      <Button variant="subtle" size="compact-xs" onClick={() => setShown(true)}>
        Show {amountText(hunk.lines.length, 'line')} that are the same
      </Button>
    </div>
  )
}
