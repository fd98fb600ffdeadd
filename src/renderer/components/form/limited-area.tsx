import { Textarea, type TextareaProps } from '@mantine/core'
import { numberText } from '../text/amount-text.ts'

interface LimitedAreaProps extends TextareaProps {
  readonly value: string
  /** In characters. */
  readonly limit: number
}

/**
 * A field of several lines that takes no more than the engine does: to measure a text of a megabyte keeps a page busy for many seconds. The browser cuts
 * off what goes beyond without a word, hence the one that stands beside a field that is full.
 */
export function LimitedArea({ limit, error, ...others }: LimitedAreaProps) {
  const isFull = others.value.length >= limit
  return (
    <Textarea
      {...others}
      maxLength={limit}
      error={
        error ?? (isFull && `It is full with ${numberText(limit)} characters. What is put in beyond them is left out.`)
      }
    />
  )
}
