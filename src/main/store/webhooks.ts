import type { Connection } from './open-database.ts'

export interface WebhookRow {
  readonly id: number
  readonly name: string
  readonly url: string
  /** JSON array of rules, null for all of them. */
  readonly rules: string | null
  readonly allows_private: number
  readonly created_at: number
}

export function prepareWebhooks(connection: Connection) {
  const columns = 'id, name, url, rules, allows_private, created_at'
  const all = connection.prepare<[], WebhookRow>(`select ${columns} from webhooks order by id`)
  const byId = connection.prepare<[number], WebhookRow>(`select ${columns} from webhooks where id = ?`)
  const insert = connection.prepare(
    'insert into webhooks (name, url, rules, allows_private, created_at) values (?, ?, ?, ?, ?)',
  )
  const remove = connection.prepare('delete from webhooks where id = ?')
  return {
    all: () => all.all(),
    byId: (id: number) => byId.get(id),
    insert: (row: Omit<WebhookRow, 'id'>) =>
      Number(insert.run(row.name, row.url, row.rules, row.allows_private, row.created_at).lastInsertRowid),
    remove: (id: number) => void remove.run(id),
  }
}
