import { useRef, useState, type KeyboardEvent } from 'react'
import { Link } from 'wouter'
import type { Cycle, CycleKind } from '../../../contract/provisioning.ts'
import { cycleSentence } from './cycle-text.ts'
import classes from './cycle-timeline.module.css'

interface CycleTimelineProps {
  readonly slug: string
  /** In any order; those outside the window are not drawn. */
  readonly cycles: readonly Cycle[]
  /** The window, in ms since the epoch. */
  readonly from: number
  readonly to: number
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** What may happen at the same time stands in rows of its own. */
const rows: readonly { readonly label: string; readonly kinds: readonly CycleKind[] }[] = [
  { label: 'Cycles', kinds: ['initial', 'incremental'] },
  { label: 'Changes', kinds: ['activity'] },
  { label: 'On demand', kinds: ['on-demand'] },
  { label: 'Imports', kinds: ['import'] },
  { label: 'Tests', kinds: ['connection-test'] },
]

function ticksOf(from: number, to: number): readonly { readonly at: number; readonly text: string }[] {
  const isDay = to - from <= dayMs
  const ticks: { at: number; text: string }[] = []
  const date = new Date(from)
  date.setMinutes(0, 0, 0)
  if (!isDay) date.setHours(0)
  for (; date.getTime() <= to; isDay ? date.setHours(date.getHours() + 1) : date.setDate(date.getDate() + 1)) {
    const isShown = isDay ? date.getHours() % 3 === 0 : true
    if (date.getTime() < from || !isShown) continue
    const text = isDay
      ? `${String(date.getHours()).padStart(2, '0')}:00`
      : `${date.getDate()} ${date.toLocaleString('en', { month: 'short' })}`
    ticks.push({ at: date.getTime(), text })
  }
  return ticks
}

/** The cycles of an integration over time, each a link. One of them can be reached by Tab, the others from it by the arrow keys. */
export function CycleTimeline({ slug, cycles, from, to }: CycleTimelineProps) {
  const figure = useRef<HTMLElement>(null)
  const [shown, setShown] = useState<number>()
  const drawn = cycles
    .filter((each) => (each.endedAt ?? to) >= from && each.startedAt <= to)
    .toSorted((a, b) => a.startedAt - b.startedAt)
  const reachable = drawn.some(({ id }) => id === shown) ? shown : drawn.at(-1)?.id
  const current = drawn.find(({ id }) => id === shown)
  const place = (at: number) => (100 * (Math.min(to, Math.max(from, at)) - from)) / (to - from)

  function onKeyDown(event: KeyboardEvent): void {
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      Home: -drawn.length,
      End: drawn.length,
    }
    const step = steps[event.key]
    if (step === undefined) return
    event.preventDefault()
    const at = drawn.findIndex(({ id }) => id === reachable)
    const next = drawn[Math.max(0, Math.min(drawn.length - 1, at + step))]
    figure.current?.querySelector<HTMLElement>(`[data-cycle="${next?.id}"]`)?.focus()
  }

  return (
    <figure ref={figure} className={classes['chart']} aria-label="Cycles over time">
      {rows.map(({ label, kinds }) => {
        const own = drawn.filter(({ kind }) => kinds.includes(kind))
        if (own.length === 0) return null
        return (
          <div key={label} className={classes['row']}>
            <span className={classes['label']} aria-hidden>
              {label}
            </span>
            <ul className={classes['track']} aria-label={label}>
              {own.map((cycle) => (
                <li key={cycle.id}>
                  <Link
                    href={`/status/${slug}/cycles/${cycle.id}`}
                    className={classes['mark']}
                    aria-label={cycleSentence(cycle, to)}
                    data-cycle={cycle.id}
                    data-kind={cycle.kind}
                    data-failed={cycle.failed > 0 || undefined}
                    data-running={cycle.endedAt === null || undefined}
                    tabIndex={cycle.id === reachable ? 0 : -1}
                    onKeyDown={onKeyDown}
                    onFocus={() => setShown(cycle.id)}
                    onMouseEnter={() => setShown(cycle.id)}
                    style={{
                      left: `${place(cycle.startedAt)}%`,
                      width: `${place(cycle.endedAt ?? to) - place(cycle.startedAt)}%`,
                    }}
                  />
                </li>
              ))}
            </ul>
          </div>
        )
      })}
      <div className={classes['row']} aria-hidden>
        <span />
        <div className={classes['axis']}>
          {ticksOf(from, to).map(({ at, text }) => (
            <span key={at} style={{ left: `${place(at)}%` }}>
              {text}
            </span>
          ))}
        </div>
      </div>
      <p className={classes['readout']}>
        {drawn.length === 0
          ? 'Nothing in this time.'
          : current
            ? cycleSentence(current, to)
            : 'A red top is a cycle with failures, a high mark an initial cycle. Point at one, or go along them with the arrow keys; Enter opens it.'}
      </p>
    </figure>
  )
}
