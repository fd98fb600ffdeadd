import type { Connection } from '../file/open-database.ts'
import type { Role, Source } from '../resources/users.ts'

/** True of an integration that has not been deleted, in a file of any version: the slug of one that has been has a space in it. */
export const isPresentIntegration = "instr(slug, ' ') = 0"

export interface IntegrationRow {
  readonly id: number
  readonly directory_id: number
  readonly slug: string
  readonly name: string
  readonly idp: string
  readonly enabled: number
  readonly paused_at: number | null
  readonly administrator_seq: number
  /** JSON text, see directory/policy.ts. */
  readonly policy: string
  readonly created_at: number
  readonly administrator_id: string
  readonly administrator_user_name: string
  readonly administrator_active: number
  readonly administrator_role: Role
  readonly administrator_source: Source
  readonly administrator_archived_at: number | null
}

const selection = `select i.id, i.directory_id, i.slug, i.name, i.idp, i.enabled, i.paused_at, i.administrator_seq, i.policy, i.created_at,
    a.id as administrator_id, a.user_name as administrator_user_name, a.active as administrator_active,
    a.role as administrator_role, a.source as administrator_source, a.archived_at as administrator_archived_at
  from integrations i join users a on a.seq = i.administrator_seq where i.deleted_at is null`

/**
 * Integrations. One that has been deleted is not among them, but its row stays, see migrations/deleted-integrations.ts; what is kept under
 * its number is found by `everyId` alone.
 */
export function prepareIntegrations(connection: Connection) {
  const all = connection.prepare<[], IntegrationRow>(`${selection} order by i.id`)
  const bySlug = connection.prepare<[string], IntegrationRow>(`${selection} and i.slug = ?`)
  const insert = connection.prepare(
    'insert into integrations (directory_id, slug, name, idp, administrator_seq, policy, created_at) values (?, ?, ?, ?, ?, ?, ?)',
  )
  const setEnabled = connection.prepare('update integrations set enabled = ? where id = ?')
  const setPaused = connection.prepare('update integrations set paused_at = ? where id = ?')
  const setPolicy = connection.prepare('update integrations set policy = ? where id = ?')
  const setAdministrator = connection.prepare('update integrations set administrator_seq = ? where id = ?')
  const everyId = connection.prepare<[], number>('select id from integrations order by id').pluck()
  const everySlug = connection.prepare<[], string>('select coalesce(former_slug, slug) from integrations').pluck()
  const freedSlugs = connection
    .prepare<[], [slug: string, at: number]>(
      'select former_slug, max(deleted_at) from integrations where former_slug is not null and deleted_at is not null group by former_slug',
    )
    .raw()
  const rename = connection.prepare('update integrations set name = ? where id = ?')
  const remove = connection.prepare(
    "update integrations set deleted_at = ?, enabled = 0, former_slug = slug, slug = 'deleted ' || id where id = ? and deleted_at is null",
  )
  const replaceActor = connection.prepare(
    `update integrations set administrator_seq = (
       select seq from users where directory_id = integrations.directory_id and role = 'administrator' and role <> 'user'
         and active = 1 and archived_at is null limit 1)
     where administrator_seq = ? and deleted_at is not null`,
  )
  return {
    all: () => all.all(),
    /** The numbers of all, of deleted ones too. */
    everyId: () => everyId.all(),
    /** The slugs of all, and those that deleted ones had. */
    everySlug: () => everySlug.all(),
    bySlug: (slug: string) => bySlug.get(slug),
    insert(
      row: Pick<
        IntegrationRow,
        'directory_id' | 'slug' | 'name' | 'idp' | 'administrator_seq' | 'policy' | 'created_at'
      >,
    ) {
      const result = insert.run(
        row.directory_id,
        row.slug,
        row.name,
        row.idp,
        row.administrator_seq,
        row.policy,
        row.created_at,
      )
      return Number(result.lastInsertRowid)
    },
    /** The slugs that deleted integrations had, with when the last of them was deleted, in ms since the epoch. */
    freedSlugs: (): ReadonlyMap<string, number> => new Map(freedSlugs.all()),
    rename: (id: number, name: string) => void rename.run(name, id),
    remove: (id: number, at: number) => void remove.run(at, id),
    /** Before a user goes for good: the rows of deleted integrations that acted as it name another Administrator. */
    forgetActor: (seq: number) => void replaceActor.run(seq),
    setEnabled: (id: number, isEnabled: boolean) => void setEnabled.run(isEnabled ? 1 : 0, id),
    setPaused: (id: number, at: number | null) => void setPaused.run(at, id),
    setPolicy: (id: number, policy: string) => void setPolicy.run(policy, id),
    setAdministrator: (id: number, seq: number) => void setAdministrator.run(seq, id),
  }
}
