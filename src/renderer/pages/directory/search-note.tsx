import { Button, Loader } from '@mantine/core'
import type { Reach } from '../../../contract/page.ts'
import { numberText } from '../../components/text/amount-text.ts'
import classes from './roster-bar.module.css'

interface SearchNoteProps {
  readonly isSearching: boolean
  readonly reach: Reach
  /** How many there are without any filter. */
  readonly all: number
  /** "people" */
  readonly what: string
  readonly hasText: boolean
  readonly onLookAnywhere: () => void
}

/** Says how a long list was searched: by beginnings, which is quick, or anywhere, which looks at everybody. */
export function SearchNote({ isSearching, reach, all, what, hasText, onLookAnywhere }: SearchNoteProps) {
  if (isSearching)
    return (
      <div className={classes['note']} role="status">
        <Loader size={12} aria-hidden /> Looking through {numberText(all)} {what}. You can go on meanwhile.
      </div>
    )
  if (!hasText || reach === 'anywhere') return null
  return (
    <div className={classes['note']}>
      Found by how names and addresses begin.
      <Button variant="subtle" size="compact-xs" onClick={onLookAnywhere}>
        Look inside them too
      </Button>
      That looks at all {numberText(all)} {what} and takes some seconds.
    </div>
  )
}
