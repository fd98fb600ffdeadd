import type { Connection } from '../file/open-database.ts'

export interface WelcomeRow {
  readonly integration_id: number
  /** Since when people get one; null while it is switched off. */
  readonly enabled_since: number | null
  readonly subject: string
  readonly text: string
  readonly html: string | null
}

/** A user whom an integration has created. */
export interface NewcomerRow {
  /** Of the change that created the user. */
  readonly change: number
  readonly at: number
  readonly integration_id: number
  readonly directory_id: number
  readonly user_id: string
}

export function prepareWelcome(connection: Connection) {
  const columns = 'integration_id, enabled_since, subject, text, html'
  const all = connection.prepare<[], WelcomeRow>(`select ${columns} from welcome_mails`)
  const of = connection.prepare<[number], WelcomeRow>(`select ${columns} from welcome_mails where integration_id = ?`)
  const save = connection.prepare(
    `insert into welcome_mails (${columns}) values (?, ?, ?, ?, ?)
     on conflict do update set enabled_since = excluded.enabled_since, subject = excluded.subject, text = excluded.text, html = excluded.html`,
  )
  const remove = connection.prepare('delete from welcome_mails where integration_id = ?')
  const welcome = connection.prepare(
    'insert into welcomed (directory_id, person, at) values (?, ?, ?) on conflict do nothing',
  )
  const isWelcomed = connection
    .prepare<[number, string], number>('select 1 from welcomed where directory_id = ? and person = ?')
    .pluck()
  const newcomers = connection.prepare<[number, number, number], NewcomerRow>(
    `select id as change, at, integration_id, directory_id, resource_id as user_id from changes
     where id > ? and id <= ? and kind = 0 and action = 'create' and integration_id is not null order by id limit ?`,
  )
  const newestChange = connection.prepare<[], number>('select max(id) from changes').pluck()
  return {
    all: () => all.all(),
    of: (integrationId: number) => of.get(integrationId),
    save: (row: WelcomeRow) => void save.run(row.integration_id, row.enabled_since, row.subject, row.text, row.html),
    remove: (integrationId: number) => void remove.run(integrationId),
    /** Users whom integrations created in changes after one and up to another, oldest first. */
    newcomers: (after: number, upTo: number, limit: number) => newcomers.all(after, upTo, limit),
    newestChange: () => newestChange.get() ?? 0,
    isWelcomed: (directoryId: number, person: string) => isWelcomed.get(directoryId, person) !== undefined,
    /** Returns whether the person had not been welcomed. */
    welcome: (directoryId: number, person: string, at: number) => welcome.run(directoryId, person, at).changes === 1,
  }
}
