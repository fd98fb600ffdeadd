import { ActionIcon, Checkbox, Text, Tooltip } from '@mantine/core'
import { ArrowDown, ArrowUp, GripVertical } from 'lucide-react'
import { useState, type KeyboardEvent } from 'react'
import type { ConversionSource } from '../../../contract/conversions.ts'
import { missingFor, moved, type OptionsDraft, type SourceChoice } from './options-draft.ts'
import classes from './source-order.module.css'

interface SourceOrderProps {
  readonly draft: OptionsDraft
  readonly onChange: (sources: readonly SourceChoice[]) => void
}

const labels: Readonly<Record<ConversionSource, string>> = {
  csv: 'Your list of old and new user IDs',
  primary: 'Primary e-mail address',
  work: 'Work e-mail address',
  mapped: 'The user ID with its domain replaced',
  pattern: 'A pattern, or the user ID in a domain',
  former: 'The user ID before a conversion',
  'local-part': 'The part before the @',
}

/** Where new user IDs come from, in the order in which they are asked. Dragged, or moved by buttons and Alt with the arrow keys. */
export function SourceOrder({ draft, onChange }: SourceOrderProps) {
  const { sources } = draft
  const [dragged, setDragged] = useState<number>()
  const [told, setTold] = useState('')

  function move(from: number, to: number): void {
    const next = moved(sources, from, to)
    const source = sources[from]?.source
    if (next === sources || source === undefined) return
    onChange(next)
    setTold(`${labels[source]}: now ${to + 1} of ${sources.length}`)
  }

  function onKeyDown(event: KeyboardEvent<HTMLLIElement>, n: number): void {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    if (step === undefined || !event.altKey) return
    event.preventDefault()
    move(n, n + step)
  }

  return (
    <div>
      <Text size="sm" fw={500} id="source-order">
        Where the new user ID comes from
      </Text>
      <Text size="xs" c="dimmed" mb={6}>
        The first that has something decides. Drag them, or use the arrows (Alt ↑ and Alt ↓ on the keyboard).
      </Text>
      <ol className={classes['sources']} aria-labelledby="source-order">
        {sources.map((choice, n) => {
          const { source, isOn } = choice
          const missing = missingFor(source, draft)
          return (
            // Its keys move it, whichever of its controls has the focus.
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
            <li
              key={source}
              draggable
              data-dragged={dragged === n || undefined}
              data-off={!isOn || missing !== undefined || undefined}
              onKeyDown={(event) => onKeyDown(event, n)}
              onDragStart={() => setDragged(n)}
              onDragEnd={() => setDragged(undefined)}
              onDragOver={(event) => {
                event.preventDefault()
                if (dragged === undefined || dragged === n) return
                move(dragged, n)
                setDragged(n)
              }}
            >
              <GripVertical size={14} aria-hidden className={classes['grip']} />
              <Checkbox
                size="xs"
                className={classes['source'] ?? ''}
                label={labels[source]}
                checked={isOn}
                onChange={(event) => {
                  const { checked } = event.currentTarget
                  onChange(sources.map((each) => (each.source === source ? { ...each, isOn: checked } : each)))
                }}
              />
              <span className={classes['hint']}>{isOn && missing !== undefined ? `passed over: ${missing}` : ''}</span>
              <Tooltip label="Ask it earlier">
                <ActionIcon
                  size="sm"
                  aria-label={`Move up: ${labels[source]}`}
                  disabled={n === 0}
                  onClick={() => move(n, n - 1)}
                >
                  <ArrowUp size={14} aria-hidden />
                </ActionIcon>
              </Tooltip>
              <Tooltip label="Ask it later">
                <ActionIcon
                  size="sm"
                  aria-label={`Move down: ${labels[source]}`}
                  disabled={n === sources.length - 1}
                  onClick={() => move(n, n + 1)}
                >
                  <ArrowDown size={14} aria-hidden />
                </ActionIcon>
              </Tooltip>
            </li>
          )
        })}
      </ol>
      <span role="status" className="unseen">
        {told}
      </span>
    </div>
  )
}
