import type { Connection } from '../file/open-database.ts'
import { missingIn } from '../resources/missing-keys.ts'

export type LookupIndexState = 'building' | 'ready' | 'dropping' | 'declined'

/** Why an index was made: the admin wants it, an integration matches by the attribute, or users were looked up by it. */
export type LookupIndexOrigin = 'admin' | 'matching-attribute' | 'lookups'

/** Where in a user's document the values of an attribute stand. */
export interface LookupPlace {
  /** The URN of the extension; empty for the core schema. */
  readonly extension: string
  readonly attribute: string
  /** Empty where the attribute itself holds the values. */
  readonly sub_attribute: string
}

/** A row of `lookup_indexes`. Times are ms since the epoch. */
export interface LookupIndexRow extends LookupPlace {
  readonly id: number
  readonly directory_id: number
  readonly state: LookupIndexState
  readonly origin: LookupIndexOrigin
  /** The users up to this row are in it, while it is being built. */
  readonly after_seq: number
  readonly is_declined: number
  readonly created_at: number
  readonly ready_at: number | null
}

/** An index that lookups may use. */
export type UsableIndex = LookupPlace & Pick<LookupIndexRow, 'id'>

export type NewLookupIndex = Pick<
  LookupIndexRow,
  'directory_id' | 'extension' | 'attribute' | 'sub_attribute' | 'origin' | 'created_at'
>

/** A user as an index is built from. */
export interface IndexedUser {
  readonly directory_id: number
  readonly user_name: string
  readonly doc: string
}

const columns =
  'id, directory_id, extension, attribute, sub_attribute, state, origin, after_seq, is_declined, created_at, ready_at'

export function prepareLookupIndexReads(connection: Connection) {
  const byId = connection.prepare<[number], LookupIndexRow>(`select ${columns} from lookup_indexes where id = ?`)
  const ofDirectory = connection.prepare<[number], LookupIndexRow>(
    `select ${columns} from lookup_indexes where directory_id = ? order by id`,
  )
  const ready = connection.prepare<[number], LookupIndexRow>(
    `select ${columns} from lookup_indexes where directory_id = ? and state = 'ready'`,
  )
  const at = connection.prepare<[number, string, string, string], LookupIndexRow>(
    `select ${columns} from lookup_indexes where directory_id = ? and extension = ? and attribute = ? and sub_attribute = ?`,
  )
  const unfinished = connection.prepare<[], LookupIndexRow>(
    `select ${columns} from lookup_indexes where state in ('building', 'dropping') order by id`,
  )
  const lastSeq = connection.prepare<[], number>('select max(seq) from users').pluck()
  return {
    byId: (id: number) => byId.get(id),
    /** All of a directory, in the order in which they were made. */
    ofDirectory: (directoryId: number) => ofDirectory.all(directoryId),
    /** Those that lookups may use. */
    ready: (directoryId: number) => ready.all(directoryId),
    /** The one of an attribute. */
    at: (directoryId: number, { extension, attribute, sub_attribute: sub }: LookupPlace) =>
      at.get(directoryId, extension, attribute, sub),
    /** Those that are being built or dropped. */
    unfinished: () => unfinished.all(),
    /** How many of a hundred users are in an index. */
    percentBuilt({ state, after_seq: after }: Pick<LookupIndexRow, 'state' | 'after_seq'>): number {
      if (state !== 'building') return state === 'ready' ? 100 : 0
      const last = lastSeq.get() ?? 0
      return last === 0 ? 0 : Math.min(100, Math.floor((after / last) * 100))
    },
  }
}

/** Writes of the indexes and of what is in them. Which ones are to be kept up is the caller's to know. */
export function prepareLookupIndexWrites(connection: Connection) {
  const insert = connection.prepare(
    `insert into lookup_indexes (directory_id, extension, attribute, sub_attribute, state, origin, created_at)
     values (?, ?, ?, ?, 'building', ?, ?)`,
  )
  const advance = connection.prepare('update lookup_indexes set after_seq = ? where id = ?')
  const setReady = connection.prepare("update lookup_indexes set state = 'ready', ready_at = ? where id = ?")
  const setOrigin = connection.prepare('update lookup_indexes set origin = ? where id = ?')
  const drop = connection.prepare("update lookup_indexes set state = 'dropping', is_declined = ? where id = ?")
  const decline = connection.prepare("update lookup_indexes set state = 'declined' where id = ?")
  const remove = connection.prepare('delete from lookup_indexes where id = ?')
  const addKey = connection.prepare(
    'insert or ignore into lookup_keys (index_id, value_key, user_seq) values (?, ?, ?)',
  )
  const removeKey = connection.prepare('delete from lookup_keys where index_id = ? and value_key = ? and user_seq = ?')
  const forgetKeys = connection.prepare('delete from lookup_keys where index_id = ? and user_seq = ?')
  const someKeys = connection.prepare<[number, number], { readonly value_key: string; readonly user_seq: number }>(
    'select value_key, user_seq from lookup_keys where index_id = ? limit ?',
  )
  const seqsAfter = connection
    .prepare<[number, number], number>('select seq from users where seq > ? order by seq limit ?')
    .pluck()
  const indexedUser = connection.prepare<[number], IndexedUser>(
    'select directory_id, user_name, doc from users where seq = ?',
  )
  return {
    /** A new index, which is to be built. */
    insert(index: NewLookupIndex): void {
      const { directory_id: directoryId, extension, attribute, sub_attribute: sub, origin, created_at: at } = index
      insert.run(directoryId, extension, attribute, sub, origin, at)
    },
    /** Notes that the users up to a row are in it. */
    advance: (id: number, afterSeq: number) => void advance.run(afterSeq, id),
    setReady: (id: number, now: number) => void setReady.run(now, id),
    setOrigin: (id: number, origin: LookupIndexOrigin) => void setOrigin.run(origin, id),
    /** No lookup uses it from now on; what is in it goes afterwards, with `clear`. */
    drop: (id: number, isDeclined: boolean) => void drop.run(isDeclined ? 1 : 0, id),
    decline: (id: number) => void decline.run(id),
    /** Forgets one that is empty. */
    remove: (id: number) => void remove.run(id),
    /** Brings what an index has of a user from one set of keys to another. */
    update(id: number, userSeq: number, before: readonly string[], after: readonly string[]): void {
      for (const key of missingIn(after, before)) removeKey.run(id, key, userSeq)
      for (const key of missingIn(before, after)) addKey.run(id, key, userSeq)
    },
    /** Takes out all of a user whose values nobody can tell any more; it looks through the whole index. */
    forgetUser: (id: number, userSeq: number) => void forgetKeys.run(id, userSeq),
    /** Takes so much out of an index at most; tells how much it was. */
    clear(id: number, limit: number): number {
      const keys = someKeys.all(id, limit)
      for (const { value_key: key, user_seq: seq } of keys) removeKey.run(id, key, seq)
      return keys.length
    },
    /** The next users of all directories, archived and hidden ones included. */
    usersAfter: (seq: number, limit: number) => seqsAfter.all(seq, limit),
    /** One of them. They are read one by one, for a document may have megabytes. */
    user: (seq: number) => indexedUser.get(seq),
  }
}
