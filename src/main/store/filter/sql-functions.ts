import { parseDateTime } from '../../../scim/date-time.ts'
import { fold } from '../../../scim/text/fold.ts'
import type { Connection } from '../file/open-database.ts'

/** Gives SQL the same folding and the same reading of dates that the in-memory filter has. Only queries use them, never an index. */
export function registerFunctions(connection: Connection): void {
  connection.function('fold', { deterministic: true }, (text: unknown) =>
    typeof text === 'string' ? fold(text) : null,
  )
  connection.function('instant', { deterministic: true }, (text: unknown) =>
    typeof text === 'string' ? (parseDateTime(text, { zone: 'utc' }) ?? null) : null,
  )
}
