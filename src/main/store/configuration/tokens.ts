import { aheadMs } from '../../is-ahead.ts'
import type { Connection } from '../file/open-database.ts'

export type TokenState = 'active' | 'retiring' | 'void'

/** What the database knows of a token: never the token, nor its hash, which is in the vault under its prefix (vault/token-secret.ts). */
export interface TokenRow {
  readonly id: number
  readonly integration_id: number
  readonly prefix: string
  readonly state: TokenState
  readonly created_at: number
  readonly expires_at: number | null
  readonly retires_at: number | null
  readonly voided_at: number | null
  readonly first_used_at: number | null
  readonly last_used_at: number | null
}

const columns =
  'id, integration_id, prefix, state, created_at, expires_at, retires_at, voided_at, first_used_at, last_used_at'

export function prepareTokens(connection: Connection) {
  const usable = connection.prepare<[], TokenRow>(`select ${columns} from tokens where state <> 'void' order by id`)
  const ofIntegration = connection.prepare<[number], TokenRow>(
    `select ${columns} from tokens where integration_id = ? order by id desc`,
  )
  const lastUses = connection
    .prepare<[], [integrationId: number, at: number]>(
      'select integration_id, max(last_used_at) from tokens where last_used_at is not null group by integration_id',
    )
    .raw()
  const withPrefix = connection.prepare<[string], TokenRow>(
    `select ${columns} from tokens where prefix = ? order by id desc limit 1`,
  )
  const insert = connection.prepare(
    "insert into tokens (integration_id, prefix, state, created_at, expires_at) values (?, ?, 'active', ?, ?)",
  )
  const retire = connection.prepare("update tokens set state = 'retiring', retires_at = ? where id = ?")
  const makeVoid = connection.prepare(
    "update tokens set state = 'void', voided_at = ? where id = ? and state <> 'void'",
  )
  // Dates of use may come late, and one of a clock that was ahead would stay the last one until its time has come.
  const used = connection.prepare<[{ readonly id: number; readonly at: number }]>(
    `update tokens set first_used_at = coalesce(first_used_at, @at),
       last_used_at = iif(last_used_at - @at > ${aheadMs}, @at, max(coalesce(last_used_at, 0), @at)) where id = @id`,
  )
  return {
    /** Active and retiring ones. */
    usable: () => usable.all(),
    /** Newest first. */
    ofIntegration: (integrationId: number) => ofIntegration.all(integrationId),
    /** When a token of each integration was last used, void ones among them. */
    lastUses: (): ReadonlyMap<number, number> => new Map(lastUses.all()),
    /** Also a void one. */
    withPrefix: (prefix: string) => withPrefix.get(prefix),
    insert: (integrationId: number, prefix: string, now: number, expiresAt: number | null) =>
      Number(insert.run(integrationId, prefix, now, expiresAt).lastInsertRowid),
    retire: (id: number, until: number) => void retire.run(until, id),
    makeVoid: (id: number, now: number) => void makeVoid.run(now, id),
    used: (id: number, at: number) => void used.run({ id, at }),
  }
}
