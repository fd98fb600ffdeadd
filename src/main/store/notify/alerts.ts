import type { Connection } from '../file/open-database.ts'

/** Something that has been raised and is not over. */
export interface AlertRow {
  readonly rule: string
  readonly subject: string
  readonly level: string
  /** When it was raised first. */
  readonly raised_at: number
  /** When it was told last, at its present level; null where that was when it was raised. */
  readonly told_at: number | null
  /** What it was, in words, for the notice that it is over. */
  readonly summary: string
}

const columns = 'rule, subject, level, raised_at, told_at, summary'

export function prepareAlerts(connection: Connection) {
  const all = connection.prepare<[], AlertRow>(`select ${columns} from alerts`)
  const one = connection.prepare<[string, string], AlertRow>(
    `select ${columns} from alerts where rule = ? and subject = ?`,
  )
  const raise = connection.prepare(
    `insert into alerts (rule, subject, level, raised_at, summary) values (?, ?, ?, ?, ?)
     on conflict do update set level = excluded.level, told_at = excluded.raised_at, summary = excluded.summary where level <> excluded.level`,
  )
  const remove = connection.prepare('delete from alerts where rule = ? and subject = ?')
  const mark = connection.prepare<[string], number>('select value from notify_marks where name = ?').pluck()
  const setMark = connection.prepare(
    'insert into notify_marks (name, value) values (?, ?) on conflict do update set value = excluded.value where value < excluded.value',
  )
  const dropMark = connection.prepare('delete from notify_marks where name = ?')
  return {
    all: () => all.all(),
    one: (rule: string, subject: string) => one.get(rule, subject),
    /** Returns whether it is new, or of another level than before. */
    raise: (row: AlertRow) => raise.run(row.rule, row.subject, row.level, row.raised_at, row.summary).changes === 1,
    /** Returns whether there was one. */
    remove: (rule: string, subject: string) => remove.run(rule, subject).changes === 1,
    mark: (name: string) => mark.get(name),
    dropMark: (name: string) => void dropMark.run(name),
    /** Marks only go up. */
    setMark: (name: string, value: number) => void setMark.run(name, value),
  }
}
