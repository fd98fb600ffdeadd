import { Button } from '@mantine/core'
import { Nothing } from '../../components/state/nothing.tsx'

interface NoneMatchesProps {
  /** "Nobody matches" */
  readonly title: string
  /** How many there are in words: "3,408 people are". */
  readonly all: string
  readonly onClear: () => void
}

/** Instead of a list when its filters let nothing through. */
export function NoneMatches({ title, all, onClear }: NoneMatchesProps) {
  return (
    <Nothing
      why="filtered"
      title={title}
      action={
        <Button variant="default" onClick={onClear}>
          Clear the filters
        </Button>
      }
    >
      {all} here, but none that all filters let through.
    </Nothing>
  )
}
