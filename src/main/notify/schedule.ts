import { unreachable } from '../../scim/unreachable.ts'
import type { Digest, NotifySettings } from './notify-settings.ts'
import { minuteOfClock, minuteOfDay, nextAtMinute } from './zoned-clock.ts'

/** When something may be sent, and whether together with others. */
export interface Slot {
  readonly notBefore: number
  readonly isDigest: boolean
}

const minute = 60_000
const hour = 60 * minute

function digestAt(digest: Digest, now: number, zone: string | null): number | undefined {
  switch (digest.kind) {
    case 'off':
      return undefined
    case 'hourly':
      return Math.floor(now / hour) * hour + hour
    case 'daily':
      return nextAtMinute(now, minuteOfClock(digest.at), zone)
    default:
      return unreachable(digest)
  }
}

/** The end of the quiet hours in which a moment falls; the moment itself outside of them. */
function afterQuietHours(at: number, { quietHours, zone }: NotifySettings): number {
  if (quietHours === null) return at
  const [from, to] = [minuteOfClock(quietHours.from), minuteOfClock(quietHours.to)]
  if (from === to) return at
  const here = minuteOfDay(at, zone)
  const isQuiet = from < to ? here >= from && here < to : here >= from || here < to
  return isQuiet ? nextAtMinute(at, to, zone) : at
}

/** When a message may be sent that comes up now. What is urgent waits for nothing. */
export function slotOf(isUrgent: boolean, settings: NotifySettings, now: number): Slot {
  if (isUrgent) return { notBefore: now, isDigest: false }
  const gathered = digestAt(settings.digest, now, settings.zone)
  return { notBefore: afterQuietHours(gathered ?? now, settings), isDigest: gathered !== undefined }
}
