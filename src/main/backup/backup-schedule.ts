import { z } from 'zod'
import { jsonIn } from '../../scim/json/json.ts'
import { isAhead } from '../is-ahead.ts'

/** `HH:MM` of the machine's own clock. */
const clockShape = /^(?:[01]\d|2[0-3]):[0-5]\d$/

const backupScheduleSchema = z.object({
  every: z.enum(['off', 'day', 'week']),
  at: z.string().regex(clockShape, 'The time is written HH:MM, such as 02:30.'),
  /** For a weekly one: 0 is Sunday. */
  weekday: z.int().min(0).max(6),
  /** How many of its files are kept. */
  keep: z.int().min(1).max(365),
  /** An absolute path; null is the folder `backups` of the data directory. */
  folder: z.string().min(1).max(1000).nullable(),
})

/** When backups are written by themselves. */
export type BackupSchedule = Readonly<z.infer<typeof backupScheduleSchema>>

export const defaultSchedule: BackupSchedule = { every: 'off', at: '02:30', weekday: 0, keep: 14, folder: null }

const storedSchema = backupScheduleSchema.extend({ since: z.number() })

/** A schedule with the moment it was set at, in ms since the epoch: what was due before is not made up for. */
export type StoredSchedule = BackupSchedule & { readonly since: number }

/** Reads a schedule as it is stored; off, as in the beginning, where there is none or it cannot be read. */
export function parseSchedule(text: string | undefined): StoredSchedule {
  if (!text) return { ...defaultSchedule, since: 0 }
  return storedSchema.safeParse(jsonIn(text)).data ?? { ...defaultSchedule, since: 0 }
}

const daysInWeek = 7

/** The moment of a schedule on a day that is so many days after that of `now`. */
function slotOn({ at }: BackupSchedule, now: number, days: number): Date {
  const [hours = 0, minutes = 0] = at.split(':').map(Number)
  const day = new Date(now)
  // The machine's calendar, so that a day of 23 or 25 hours is one day.
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + days, hours, minutes)
}

function isOnWeekday({ every, weekday }: BackupSchedule, slot: Date): boolean {
  return every === 'day' || slot.getDay() === weekday
}

/** The newest moment up to now at which a backup was due; undefined when there is no schedule. */
export function lastSlot(schedule: BackupSchedule, now: number): number | undefined {
  if (schedule.every === 'off') return undefined
  for (let back = 0; back <= daysInWeek; back += 1) {
    const slot = slotOn(schedule, now, -back)
    if (slot.getTime() <= now && isOnWeekday(schedule, slot)) return slot.getTime()
  }
  return undefined
}

/** The next moment after now at which one is due; undefined when there is no schedule. */
export function nextSlot(schedule: BackupSchedule, now: number): number | undefined {
  if (schedule.every === 'off') return undefined
  for (let ahead = 0; ahead <= daysInWeek; ahead += 1) {
    const slot = slotOn(schedule, now, ahead)
    if (slot.getTime() > now && isOnWeekday(schedule, slot)) return slot.getTime()
  }
  return undefined
}

/** After a failure it is tried again so much later, in ms. */
const retryAfterMs = 3_600_000

export interface LastScheduled {
  readonly startedAt: number
  readonly outcome: 'good' | 'failed' | 'under way'
}

/** The moment that a backup is due for now; undefined when none is. One that was missed, as by a machine that was off, is made up for. */
export function dueSlot(schedule: StoredSchedule, last: LastScheduled | undefined, now: number): number | undefined {
  const slot = lastSlot(schedule, now)
  if (slot === undefined || (slot < schedule.since && !isAhead(schedule.since, now))) return undefined
  if (last === undefined || last.startedAt < slot || isAhead(last.startedAt, now)) {
    // A failure of the slot before does not hold this one up.
    return slot
  }
  if (last.outcome === 'good') return undefined
  return now - last.startedAt >= retryAfterMs ? slot : undefined
}
