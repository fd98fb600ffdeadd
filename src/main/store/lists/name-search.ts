import type { Steps } from '../../steps.ts'
import type { Connection } from '../file/open-database.ts'
import { type IdParameters, parametersOfId, seqWithId } from '../resources/row-with-id.ts'

/** Entries of an index, or rows that have to be read, which are looked at before others have their turn: some milliseconds. */
const usualSteps = { entries: 10_000, rows: 1000 } as const

/** An index in whose order a table is walked through, looking for names. */
interface Walk {
  readonly table: 'users' | 'groups'
  readonly index: string
  /** What the index is ordered by behind the directory. */
  readonly key: string
  /** The condition of the index where it is a partial one. */
  readonly condition: string
  /** Where the text is looked for. */
  readonly name: string
  /** What is looked at: the index alone, or each row. */
  readonly through: 'entries' | 'rows'
}

const present = 'archived_at is null'
const archived = 'archived_at is not null'

// The names of those who are there stand in indexes, a fiftieth of the table; a user's userName does not once that user is archived.
const walksOfUsers: readonly Walk[] = [
  {
    table: 'users',
    index: 'users_by_user_name',
    key: 'user_name_key',
    condition: present,
    name: 'user_name_key',
    through: 'entries',
  },
  {
    table: 'users',
    index: 'users_by_display_name',
    key: 'display_name_key',
    condition: '1',
    name: 'display_name_key',
    through: 'entries',
  },
  {
    table: 'users',
    index: 'users_archived',
    key: 'archived_at',
    condition: archived,
    name: 'user_name_key',
    through: 'rows',
  },
]

const walksOfGroups: readonly Walk[] = [
  {
    table: 'groups',
    index: 'groups_by_display_name',
    key: 'display_name_key',
    condition: present,
    name: 'display_name_key',
    through: 'entries',
  },
  {
    table: 'groups',
    index: 'groups_archived',
    key: 'archived_at',
    condition: archived,
    name: 'display_name_key',
    through: 'rows',
  },
]

interface Place {
  readonly key: string | number
  readonly seq: number
}

function prepareWalk(connection: Connection, { table, index, key, condition, name }: Walk, perStep: number) {
  const part = `from ${table} indexed by ${index} where directory_id = @directory and ${condition}`
  const isBehind = `${key} >= @key and (${key}, seq) > (@key, @seq)`
  const end = connection.prepare<Record<string, string | number>, Place>(
    `select ${key} as key, seq ${part} and ${isBehind} order by ${key}, seq limit 1 offset ${perStep - 1}`,
  )
  const found = (upTo: string) =>
    connection
      .prepare<Record<string, string | number>, string>(
        `select id ${part} and ${isBehind} and ${upTo} and instr(${name}, @text) > 0 limit @limit`,
      )
      .pluck()
  const inStep = found(`${key} <= @endKey and (${key}, seq) <= (@endKey, @endSeq)`)
  const inRest = found('1')

  /** The ids in one directory, a step at a time. */
  return function* (directory: number, text: string, limit: number): Generator<readonly string[]> {
    // Before every text and every number: SQLite has numbers before texts.
    let from: Place = { key: key === 'archived_at' ? -1 : '', seq: -1 }
    for (;;) {
      const to = end.get({ directory, ...from })
      const asked = { directory, ...from, text, limit }
      yield to ? inStep.all({ ...asked, endKey: to.key, endSeq: to.seq }) : inRest.all(asked)
      if (!to) return
      from = to
    }
  }
}

/** Finds whom a part of a name may mean, in every directory, archived ones included. Texts are folded ones. */
export interface NameSearch {
  /** Ids of users in whose userName or displayName the text stands, `limit` at most. */
  users(text: string, limit: number): Steps<readonly string[]>
  groups(text: string, limit: number): Steps<readonly string[]>
  /** The same of those with these ids alone, at the price of looking each of them up. */
  usersAmong(text: string, ids: readonly string[]): readonly string[]
  groupsAmong(text: string, ids: readonly string[]): readonly string[]
}

/** `steps` is how much is looked at in one of them. */
export function prepareNameSearch(
  connection: Connection,
  steps: Readonly<Record<Walk['through'], number>> = usualSteps,
): NameSearch {
  const directories = connection.prepare<[], number>('select id from directories order by id').pluck()
  const users = walksOfUsers.map((walk) => prepareWalk(connection, walk, steps[walk.through]))
  const groups = walksOfGroups.map((walk) => prepareWalk(connection, walk, steps[walk.through]))
  const isUserNamed = connection
    .prepare<[...IdParameters, string, string], number>(
      `select 1 from users where seq in (${seqWithId('users')})
         and (instr(user_name_key, ?) > 0 or instr(ifnull(display_name_key, ''), ?) > 0)`,
    )
    .pluck()
  const isGroupNamed = connection
    .prepare<[...IdParameters, string], number>(
      `select 1 from groups where seq in (${seqWithId('groups')}) and instr(display_name_key, ?) > 0`,
    )
    .pluck()

  function* search(walks: typeof users, text: string, limit: number): Steps<readonly string[]> {
    const found = new Set<string>()
    for (const directory of directories.all())
      for (const walk of walks)
        for (const ids of walk(directory, text, limit)) {
          for (const id of ids) found.add(id)
          if (found.size >= limit) return [...found].slice(0, limit)
          yield undefined
        }
    return [...found]
  }

  return {
    users: (text, limit) => search(users, text, limit),
    groups: (text, limit) => search(groups, text, limit),
    usersAmong: (text, ids) => ids.filter((id) => isUserNamed.get(...parametersOfId(id), text, text) === 1),
    groupsAmong: (text, ids) => ids.filter((id) => isGroupNamed.get(...parametersOfId(id), text) === 1),
  }
}
