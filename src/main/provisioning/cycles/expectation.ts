import type { Rhythm } from '../../../idp/rhythm.ts'
import { unreachable } from '../../../scim/unreachable.ts'
import { isWholeCycle } from './cycle.ts'
import type { Hold } from '../status/integration-state.ts'
import type { IntegrationTrack, PastActivity } from './integration-track.ts'
import type { Present } from '../status/present.ts'

const minute = 60_000
const hour = 60 * minute

/** Where the vendor names no interval, so many cycles teach it. */
const fewestToLearn = 3
/** Without a vendor's word, so many intervals of silence are too many. */
const learntOverdueIntervals = 3
/** After a single cycle the admin may just have tried it out, and goes on the next day. */
const overdueAfterSingle = 28 * hour

export interface Expectation {
  /** From start to start, in ms; undefined where there is none or it is not known. */
  readonly intervalMs: number | undefined
  /** When the next cycle is to begin; undefined while one runs that takes longer than the interval, and where nothing is expected. */
  readonly nextAt: number | undefined
  /** Since when a cycle has been overdue. */
  readonly overdueSince: number | undefined
  /** The start-to-start times have become those of a quarantine. */
  readonly isDaily: boolean
}

const nothingExpected: Expectation = {
  intervalMs: undefined,
  nextAt: undefined,
  overdueSince: undefined,
  isDaily: false,
}

/** What is over, as far as it was before now: the rest is dated by a clock that was ahead and has been put right. */
function pastOf({ past }: IntegrationTrack, now: number): readonly PastActivity[] {
  return past.filter((each) => each.startedAt <= now && each.endedAt <= now)
}

function gapsOf(starts: readonly number[]): readonly number[] {
  return starts.slice(1).map((start, n) => start - (starts[n] ?? start))
}

function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}

/** The time between the starts of the last two cycles, without that in which none could get in. */
function lastGap(starts: readonly number[], { openTime }: IntegrationTrack): number {
  const [earlier, later] = [starts.at(-2), starts.at(-1)]
  if (earlier === undefined || later === undefined) return 0
  const isShutBetween = openTime !== null && openTime.since > earlier && openTime.since <= later
  return later - earlier - (isShutBetween ? openTime.shutFor : 0)
}

function isAboutADay(gap: number): boolean {
  return gap >= 20 * hour && gap <= 28 * hour
}

/** When the next cycle would begin, by those before, were the IdP let in. */
function byRhythm({ track, recent, running }: Present, rhythm: Rhythm, now: number): Expectation {
  if (rhythm.kind !== 'cycles') return nothingExpected
  const past = pastOf(track, now)
  const cycles = past.filter((each) => isWholeCycle(each.kind))
  // One that runs, or seems to be over but may go on, has not become part of the past yet.
  const known = new Set(track.past.map((each) => each.id))
  const open = recent.find((each) => isWholeCycle(each.kind) && !known.has(each.activity.id))?.activity
  const starts = [...cycles.map((each) => each.startedAt), ...(open === undefined ? [] : [open.startedAt])]
  const gaps = gapsOf(starts)
  const learnt = gaps.length + 1 >= fewestToLearn ? median(gaps) : undefined
  const intervalMs = rhythm.intervalMs ?? learnt
  const lastStart = starts.at(-1)
  if (intervalMs === undefined || lastStart === undefined) return { ...nothingExpected, intervalMs }
  const isDaily = rhythm.quarantine !== undefined && isAboutADay(lastGap(starts, track))
  const step = isDaily ? (rhythm.quarantine?.intervalMs ?? intervalMs) : intervalMs
  const due = lastStart + step
  const nextAt = running !== undefined && due < now ? undefined : due
  // Who knocked and was put off by the admin is not silent.
  const knock = track.refusals === null ? (track.lastRequestAt ?? 0) : 0
  const lastKnock = knock > now ? 0 : knock
  const lastEnd = Math.max(open?.lastAt ?? 0, lastKnock, ...past.map((each) => each.endedAt))
  const regular = isDaily ? step + 2 * hour : (rhythm.overdueAfterMs ?? learntOverdueIntervals * intervalMs)
  // Two cycles make regular ones.
  const patience = gaps.length === 0 ? overdueAfterSingle : regular
  // Whoever could not get in is not late, and needs as long as ever to come again.
  const overdueAt = Math.max(lastEnd, track.openTime?.since ?? 0) + patience
  const isOverdue = running === undefined && now > overdueAt
  return { intervalMs, nextAt, overdueSince: isOverdue ? overdueAt : undefined, isDaily }
}

/** When the next cycle is to be expected, by those before. Who is kept out is not expected, and not late while the admin has it so. */
export function expectationOf(present: Present, rhythm: Rhythm, hold: Hold | undefined, now: number): Expectation {
  const found = byRhythm(present, rhythm, now)
  switch (hold) {
    case undefined:
      return found
    case 'paused':
    case 'disabled':
      return { ...found, nextAt: undefined, overdueSince: undefined }
    case 'no token':
      return { ...found, nextAt: undefined }
    default:
      return unreachable(hold)
  }
}
