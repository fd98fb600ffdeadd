import { Tooltip } from '@mantine/core'
import classes from './bar-chart.module.css'

export interface Bar {
  readonly key: number
  /** Under the axis; empty where there is no room for one. */
  readonly tick: string
  /** The bar in words, for the tooltip and for screen readers. */
  readonly description: string
  /** What succeeded, from the bottom. */
  readonly good: number
  /** What failed, on top of it. */
  readonly bad: number
}

interface BarChartProps {
  readonly label: string
  readonly bars: readonly Bar[]
}

const height = 96

/** The next number of the shape 1, 2 or 5 times a power of ten. */
function ceiling(value: number): number {
  if (value <= 4) return 4
  const power = 10 ** Math.floor(Math.log10(value))
  return [1, 2, 5, 10].map((each) => each * power).find((each) => each >= value) ?? value
}

/** Whether a bar is the second, fourth and so on of those with a tick. */
function isOdd(bars: readonly Bar[], n: number): boolean {
  return bars.slice(0, n).filter(({ tick }) => tick !== '').length % 2 === 1
}

/** The colour of a part of the bars, before the words for it. */
export function BarSample({ part }: { readonly part: 'good' | 'bad' }) {
  return <span className={`${classes['sample']} ${classes[`${part}Color`]}`} aria-hidden />
}

/** Stacked bars over time. Every bar can be read as a sentence. */
export function BarChart({ label, bars }: BarChartProps) {
  const top = ceiling(Math.max(0, ...bars.map((each) => each.good + each.bad)))
  const share = (value: number) => `${(value / top) * 100}%`
  return (
    <figure className={classes['chart']} aria-label={label}>
      <div className={classes['scale']} aria-hidden>
        <span>{top.toLocaleString('en')}</span>
        <span>{(top / 2).toLocaleString('en')}</span>
        <span>0</span>
      </div>
      <ul className={classes['bars']} style={{ height }}>
        {bars.map((bar) => (
          <Tooltip key={bar.key} label={bar.description} openDelay={0}>
            <li className={classes['bar']} aria-label={bar.description}>
              <span
                className={classes['bad']}
                style={{ height: share(bar.bad) }}
                data-seen={bar.bad > 0 || undefined}
              />
              <span
                className={classes['good']}
                style={{ height: share(bar.good) }}
                data-seen={bar.good > 0 || undefined}
              />
            </li>
          </Tooltip>
        ))}
      </ul>
      <div className={classes['ticks']} aria-hidden>
        {bars.map((bar, n) => (
          <span key={bar.key} data-told={isOdd(bars, n) ? 'odd' : undefined}>
            {bar.tick}
          </span>
        ))}
      </div>
    </figure>
  )
}
