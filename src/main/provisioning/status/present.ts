import type { Activity } from '../cycles/activity.ts'
import { kindOf } from '../cycles/activity-kind.ts'
import type { Cycle } from '../cycles/cycle.ts'
import { rhythmOf, type IntegrationTrack } from '../cycles/integration-track.ts'
import { openTimeAt } from '../cycles/open-time.ts'
import { advance } from '../cycles/track.ts'

/** What is known of an integration at a moment, also when nobody has looked at the clock since its last request. */
export interface Present {
  readonly track: IntegrationTrack
  /** The activities that run or ended since the track was stored, newest first. They take precedence over stored rows. */
  readonly recent: readonly Cycle[]
  /** What runs now: a cycle, changes, or else an import. */
  readonly running: Cycle | undefined
}

/** Brings a stored track up to a moment. */
export function presentOf(stored: IntegrationTrack, configured: string, now: number): Present {
  const { track: advanced, events } = advance(stored, now, configured)
  const track = { ...advanced, openTime: openTimeAt(advanced.openTime, now) }
  const rhythm = rhythmOf(track, configured)
  const recent = new Map<number, Cycle>()
  const add = (activity: Activity) => recent.set(activity.id, { kind: kindOf(activity, track, rhythm), activity })
  for (const event of events)
    if (event.kind === 'ended' || event.kind === 'closed')
      recent.set(event.activity.id, { kind: event.as, activity: event.activity })
  for (const activity of track.open) add(activity)
  const running = track.open.filter((each) => each.endedAt === null)
  const open = running.find((each) => each.lane === 'main') ?? running.find((each) => each.lane === 'import')
  return {
    track,
    recent: [...recent.values()].toSorted((a, b) => b.activity.id - a.activity.id),
    running: open && { kind: kindOf(open, track, rhythm), activity: open },
  }
}
