import type { Connection } from '../file/open-database.ts'

export type SignedInBy = 'key' | 'password'

/** A browser that is signed in to the console. */
export interface ConsoleSessionRow {
  readonly id: number
  /** SHA-256 of the cookie's value. */
  readonly hash: string
  readonly signed_in_by: SignedInBy
  readonly created_at: number
  readonly last_seen_at: number
  readonly expires_at: number
  readonly user_agent: string
  readonly remote_address: string
}

const columns = 'id, hash, signed_in_by, created_at, last_seen_at, expires_at, user_agent, remote_address'

export function prepareConsoleAccessReads(connection: Connection) {
  const key = connection
    .prepare<[string, number], number>('select 1 from console_keys where hash = ? and expires_at > ?')
    .pluck()
  const byHash = connection.prepare<[string, number], ConsoleSessionRow>(
    `select ${columns} from console_sessions where hash = ? and expires_at > ?`,
  )
  const all = connection.prepare<[number], ConsoleSessionRow>(
    `select ${columns} from console_sessions where expires_at > ? order by last_seen_at desc, id desc`,
  )
  return {
    /** Whether the key with this SHA-256 can still be traded. */
    isKey: (hash: string, now: number) => key.get(hash, now) !== undefined,
    session: (hash: string, now: number) => byHash.get(hash, now),
    /** The one last seen first. */
    sessions: (now: number) => all.all(now),
  }
}

export function prepareConsoleAccessWrites(connection: Connection) {
  const addKey = connection.prepare('insert into console_keys (hash, expires_at) values (?, ?)')
  const takeKey = connection.prepare('delete from console_keys where hash = ? and expires_at > ?')
  const dropKeys = connection.prepare('delete from console_keys where expires_at <= ?')
  const dropSessions = connection.prepare('delete from console_sessions where expires_at <= ?')
  const insert = connection.prepare(
    `insert into console_sessions (hash, signed_in_by, created_at, last_seen_at, expires_at, user_agent, remote_address)
     values (?, ?, ?, ?, ?, ?, ?)`,
  )
  const seen = connection.prepare('update console_sessions set last_seen_at = ?, expires_at = ? where id = ?')
  const remove = connection.prepare('delete from console_sessions where id = ?')
  const removeOthers = connection.prepare('delete from console_sessions where id <> ?')
  return {
    addKey: (hash: string, expiresAt: number) => void addKey.run(hash, expiresAt),
    /** Uses a key up; whether there was such a key. */
    takeKey: (hash: string, now: number) => takeKey.run(hash, now).changes > 0,
    /** Removes what has expired. */
    tidy(now: number): void {
      dropKeys.run(now)
      dropSessions.run(now)
    },
    /** Returns the session's id. */
    addSession: (row: Omit<ConsoleSessionRow, 'id'>) =>
      Number(
        insert.run(
          row.hash,
          row.signed_in_by,
          row.created_at,
          row.last_seen_at,
          row.expires_at,
          row.user_agent,
          row.remote_address,
        ).lastInsertRowid,
      ),
    sessionSeen: (id: number, now: number, expiresAt: number) => void seen.run(now, expiresAt, id),
    /** How many were removed. */
    removeSession: (id: number) => remove.run(id).changes,
    /** Removes all but one; how many there were. */
    removeOtherSessions: (id: number) => removeOthers.run(id).changes,
  }
}
