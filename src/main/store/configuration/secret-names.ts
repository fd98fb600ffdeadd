import type { Connection } from '../file/open-database.ts'

/**
 * The names of the secrets that the vault holds, since a keychain cannot be asked for them. Each writing of a secret gives its name a new
 * id, which is never given again: whoever has seen the highest id knows that nothing has been written since.
 */
export function prepareSecretNameReads(connection: Connection) {
  const names = connection.prepare<[], string>('select name from secret_names order by name').pluck()
  const newest = connection.prepare<[], number | null>('select max(id) from secret_names').pluck()
  return {
    names: () => names.all(),
    newest: () => newest.get() ?? 0,
  }
}

export function prepareSecretNameWrites(connection: Connection) {
  const remove = connection.prepare('delete from secret_names where name = ?')
  const insert = connection.prepare('insert into secret_names (name) values (?)')
  return {
    note(name: string): void {
      remove.run(name)
      insert.run(name)
    },
    forget: (name: string) => void remove.run(name),
  }
}
