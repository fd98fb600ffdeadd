import { ActionIcon, Group, Text } from '@mantine/core'
import { ChevronFirst, ChevronLeft, ChevronRight } from 'lucide-react'
import { numberText } from '../text/amount-text.ts'
import classes from './pager.module.css'

interface PagerProps {
  /** What is listed, for screen readers: "people". */
  readonly what: string
  /** Number of the first item here, counted from 1, and how many are here. */
  readonly first: number
  readonly count: number
  /** Null where that is not known. */
  readonly total: number | null
  readonly previous: string | null
  readonly next: string | null
  /** Null is the beginning. */
  readonly onGo: (cursor: string | null) => void
}

/** The foot of a long list: where one is in it, and the ways on. */
export function Pager({ what, first, count, total, previous, next, onGo }: PagerProps) {
  if (previous === null && next === null && first === 1) return null
  const last = first + count - 1
  const of = total === null ? (next === null ? '' : ' of more') : ` of ${numberText(total)}`
  return (
    <nav className={classes['pager']} aria-label={`Pages of ${what}`}>
      <Text size="xs" c="dimmed" className="tabular" role="status">
        {count === 0 ? 'Nobody' : `${numberText(first)}–${numberText(last)}`}
        {of}
      </Text>
      <Group gap={2}>
        <ActionIcon aria-label="First page" disabled={previous === null && first === 1} onClick={() => onGo(null)}>
          <ChevronFirst size={16} aria-hidden />
        </ActionIcon>
        <ActionIcon aria-label="Page before" disabled={previous === null} onClick={() => onGo(previous)}>
          <ChevronLeft size={16} aria-hidden />
        </ActionIcon>
        <ActionIcon aria-label="Next page" disabled={next === null} onClick={() => onGo(next)}>
          <ChevronRight size={16} aria-hidden />
        </ActionIcon>
      </Group>
    </nav>
  )
}
