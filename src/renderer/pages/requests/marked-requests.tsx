import { Button } from '@mantine/core'
import { Diff } from 'lucide-react'
import classes from './requests-page.module.css'

interface MarkedRequestsProps {
  readonly marked: ReadonlySet<number>
  readonly onCompare: (one: number, other: number) => void
  readonly onClear: () => void
}

/** What has been chosen to be compared. */
export function MarkedRequests({ marked, onCompare, onClear }: MarkedRequestsProps) {
  const [one, other] = marked
  if (one === undefined) return null
  return (
    <div className={classes['marks']} role="status">
      <span>
        {other === undefined
          ? `Request ${one} is chosen. Choose another one to compare it with.`
          : `Requests ${one} and ${other} are chosen.`}
      </span>
      {other !== undefined && (
        <Button size="compact-sm" leftSection={<Diff size={13} aria-hidden />} onClick={() => onCompare(one, other)}>
          Compare them
        </Button>
      )}
      <Button size="compact-sm" variant="subtle" onClick={onClear}>
        Clear
      </Button>
    </div>
  )
}
