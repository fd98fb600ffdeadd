import { Button, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { numberText } from '../../components/text/amount-text.ts'
import classes from './roster-bar.module.css'

interface SelectionBarProps {
  readonly count: number
  /** "people" */
  readonly what: string
  /** Chooses all that are found; undefined when all are chosen already. */
  readonly all: { readonly label: string; readonly isBusy: boolean; readonly onChoose: () => void } | undefined
  readonly onClear: () => void
  /** The acts. */
  readonly children: ReactNode
}

/** Says how many are chosen, and what can be done to them. */
export function SelectionBar({ count, what, all, onClear, children }: SelectionBarProps) {
  return (
    <div className={classes['chosen']} role="group" aria-label={`Selected ${what}`}>
      <Text size="sm" fw={500} role="status" className="tabular">
        {numberText(count)} selected
      </Text>
      {all && (
        <Button variant="subtle" size="compact-xs" loading={all.isBusy} onClick={all.onChoose}>
          {all.label}
        </Button>
      )}
      {children}
      <Button variant="subtle" size="compact-xs" onClick={onClear}>
        Clear
      </Button>
    </div>
  )
}
