import type { Connection } from '../file/open-database.ts'

export interface WebhookRow {
  readonly id: number
  readonly name: string
  readonly url: string
  /** JSON array of rules, null for all of them. */
  readonly rules: string | null
  readonly allows_private: number
  readonly created_at: number
  /** Since when it has its secret; null: since it was added. */
  readonly secret_at: number | null
}

export function prepareWebhooks(connection: Connection) {
  const columns = 'id, name, url, rules, allows_private, created_at, secret_at'
  const all = connection.prepare<[], WebhookRow>(`select ${columns} from webhooks order by id`)
  const byId = connection.prepare<[number], WebhookRow>(`select ${columns} from webhooks where id = ?`)
  const insert = connection.prepare(
    'insert into webhooks (name, url, rules, allows_private, created_at) values (?, ?, ?, ?, ?)',
  )
  const update = connection.prepare(
    'update webhooks set name = ?, url = ?, rules = ?, allows_private = ?, secret_at = coalesce(?, secret_at) where id = ?',
  )
  const remove = connection.prepare('delete from webhooks where id = ?')
  return {
    all: () => all.all(),
    byId: (id: number) => byId.get(id),
    insert: (row: Omit<WebhookRow, 'id' | 'secret_at'>) =>
      Number(insert.run(row.name, row.url, row.rules, row.allows_private, row.created_at).lastInsertRowid),
    /** A `secret_at` of null leaves the one that is there. */
    update: (row: Omit<WebhookRow, 'created_at'>) =>
      void update.run(row.name, row.url, row.rules, row.allows_private, row.secret_at, row.id),
    remove: (id: number) => void remove.run(id),
  }
}
