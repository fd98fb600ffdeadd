import type { Connection } from './open-database.ts'
import type { Role, Source } from './users.ts'

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
  from integrations i join users a on a.seq = i.administrator_seq`

export function prepareIntegrations(connection: Connection) {
  const all = connection.prepare<[], IntegrationRow>(`${selection} order by i.id`)
  const bySlug = connection.prepare<[string], IntegrationRow>(`${selection} where i.slug = ?`)
  const insert = connection.prepare(
    'insert into integrations (directory_id, slug, name, idp, administrator_seq, policy, created_at) values (?, ?, ?, ?, ?, ?, ?)',
  )
  const setEnabled = connection.prepare('update integrations set enabled = ? where id = ?')
  const setPaused = connection.prepare('update integrations set paused_at = ? where id = ?')
  const setPolicy = connection.prepare('update integrations set policy = ? where id = ?')
  const setAdministrator = connection.prepare('update integrations set administrator_seq = ? where id = ?')
  return {
    all: () => all.all(),
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
    setEnabled: (id: number, isEnabled: boolean) => void setEnabled.run(isEnabled ? 1 : 0, id),
    setPaused: (id: number, at: number | null) => void setPaused.run(at, id),
    setPolicy: (id: number, policy: string) => void setPolicy.run(policy, id),
    setAdministrator: (id: number, seq: number) => void setAdministrator.run(seq, id),
  }
}
