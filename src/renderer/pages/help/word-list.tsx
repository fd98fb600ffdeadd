import { Button } from '@mantine/core'
import { Nothing } from '../../components/state/nothing.tsx'
import classes from './entries.module.css'
import { findWords } from './glossary.ts'

interface WordListProps {
  readonly text: string
  readonly onClear: () => void
}

/** The glossary. */
export function WordList({ text, onClear }: WordListProps) {
  const found = findWords(text)
  if (found.length === 0)
    return (
      <Nothing
        why="filtered"
        title="That word is not in the list"
        action={
          <Button variant="default" onClick={onClear}>
            Show all of them
          </Button>
        }
      />
    )
  return (
    <dl className={classes['entries']}>
      {found.map(({ word, meaning, also }) => (
        <div key={word}>
          <dt>
            {word}
            {also && <span className={classes['also']}> · {also.join(', ')}</span>}
          </dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  )
}
