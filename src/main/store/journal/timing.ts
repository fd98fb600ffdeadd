import { z } from 'zod'
import type { Connection } from '../file/open-database.ts'

/** An exchange as the timing of another one needs it. */
const neighbour = z
  .object({ id: z.number(), at: z.number(), durationMicros: z.number(), classification: z.string() })
  .readonly()

/** Of so many exchanges around one, those of its kind are compared with it. */
const compared = 20_000

/** When the sender's exchange before came, and how long others of the same kind took. */
export function prepareTimingReads(connection: Connection) {
  const before = connection.prepare(
    `SELECT id, at, duration_micros AS durationMicros, classification FROM exchanges
     WHERE integration_slug = ? AND id < ? ORDER BY id DESC LIMIT 1`,
  )
  const alike = connection
    .prepare<[string, string, number, number], number>(
      `SELECT duration_micros FROM exchanges WHERE method = ? AND classification = ? AND id BETWEEN ? AND ? AND lost IS NULL
       ORDER BY duration_micros`,
    )
    .pluck()
  return {
    before: (slug: string, id: number) => neighbour.optional().parse(before.get(slug, id)),
    /** Durations in microseconds, the shortest first. */
    alike: (method: string, classification: string, id: number) =>
      alike.all(method, classification, id - compared, id + compared),
  }
}

export type TimingReads = ReturnType<typeof prepareTimingReads>
