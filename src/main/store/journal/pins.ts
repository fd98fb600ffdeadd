import { z } from 'zod'
import type { Connection } from '../file/open-database.ts'
import { createBlockEncoder, openBlock } from './block.ts'
import { exchangeColumns, exchangeRows, type ExchangeRow } from './exchange-row.ts'
import type { JournalPayload } from './journal-record.ts'

/** Pins are for what a person looks at, not a second log: so many at most, and so many bytes of content together. */
export const pinLimits = { count: 500, bytes: 8 * 1024 * 1024 } as const

export interface PinReads {
  /** A pinned exchange by its id, or by the `X-Request-Id` of its answer. */
  row(id: number | string): ExchangeRow | undefined
  /** Headers, bodies and trace of a pinned exchange. */
  payload(id: number): JournalPayload | undefined
}

const contentRow = z.object({ content: z.instanceof(Uint8Array) }).optional()

export function preparePinReads(connection: Connection): PinReads {
  const byId = connection.prepare(`SELECT ${exchangeColumns} FROM pinned e WHERE e.id = ?`)
  const byRequest = connection.prepare(`SELECT ${exchangeColumns} FROM pinned e WHERE e.request_id = ? LIMIT 1`)
  const content = connection.prepare('SELECT content FROM pinned WHERE id = ?')
  return {
    row: (id) => exchangeRows.parse((typeof id === 'number' ? byId : byRequest).all(id))[0],
    payload(id) {
      const found = contentRow.parse(content.get(id))
      return found && openBlock(found.content, 1).payload(0)
    },
  }
}

/** `kept`: it is pinned now, or was. `full`: there are too many pins, or too large ones. `gone`: the log has no such exchange. */
export type PinOutcome = 'kept' | 'full' | 'gone'

const copied = `id, at, duration_micros, status, method, target, endpoint, resource_id, integration_id, integration_slug, classification, matched, idp,
  certainty, request_id, remote_address, request_bytes, response_bytes, flags, lost, subject`

const sums = z.object({ count: z.number(), bytes: z.number() })

/** Copies an exchange with its content to where retention does not reach. `payload` is what its block holds. */
export function pinExchange(
  connection: Connection,
  pin: { readonly id: number; readonly at: number; readonly payload: JournalPayload },
): PinOutcome {
  const has = connection.prepare('SELECT 1 FROM pinned WHERE id = ?').pluck()
  const sum = connection.prepare('SELECT count(*) AS count, ifnull(sum(length(content)), 0) AS bytes FROM pinned')
  const copy = connection.prepare(
    `INSERT INTO pinned (${copied}, pinned_at, content) SELECT ${copied}, ?, ? FROM exchanges WHERE id = ?`,
  )
  return connection
    .transaction((): PinOutcome => {
      if (has.get(pin.id) !== undefined) return 'kept'
      const encoder = createBlockEncoder()
      encoder.add(pin.payload)
      const content = encoder.finish()
      const { count, bytes } = sums.parse(sum.get())
      if (count >= pinLimits.count || bytes + content.length > pinLimits.bytes) return 'full'
      return copy.run(pin.at, content, pin.id).changes === 0 ? 'gone' : 'kept'
    })
    .immediate()
}

/** Takes a pin away; an exchange that is older than what the log keeps goes with it. Returns whether there was one. */
export function unpinExchange(connection: Connection, id: number): boolean {
  return connection.prepare('DELETE FROM pinned WHERE id = ?').run(id).changes > 0
}
