import type { Connection } from '../file/open-database.ts'

/** Named texts of the data directory: what vault it uses, its public URL, its version of the configuration. */
export function prepareSettings(connection: Connection) {
  const get = connection.prepare<[string], string>('select value from settings where name = ?').pluck()
  const set = connection.prepare(
    'insert into settings (name, value) values (?, ?) on conflict do update set value = excluded.value',
  )
  const dataVersion = connection.prepare<[], number>('pragma data_version').pluck()
  return {
    get: (name: string) => get.get(name),
    set(name: string, value: string): void {
      set.run(name, value)
    },
    /** Rises with every change of integrations, tokens, custom attributes, directories and SCIM administrators. */
    configVersion: () => Number(get.get('config_version') ?? 0),
    /** Changes when another connection has committed: a cheap reason to look at `configVersion`. */
    dataVersion: () => dataVersion.get() ?? 0,
  }
}
