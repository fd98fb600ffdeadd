import type { Connection } from '../file/open-database.ts'
import { listedGroup } from './groups.ts'
import { kinds, type ResourceKind } from './resource-kind.ts'
import { listedUser } from './users.ts'

const bucketShift = 10

/** The bucket that counts all resources of a kind. */
const everyBucket = -1

/** So many rows may have come since the buckets were counted; then they are counted in. */
const mostUncounted = 128

/** Where the n-th listed resource is found: skip `offset` rows from `fromSeq` on. */
export interface Position {
  readonly fromSeq: number
  readonly offset: number
}

/** Up to which row the buckets count; who stands behind it is counted there. */
function prepareCountedTo(connection: Connection) {
  const countedTo = connection
    .prepare<[number, number], number>('select seq from counted_to where directory_id = ? and kind = ?')
    .pluck()
  return (directoryId: number, kind: ResourceKind) => countedTo.get(directoryId, kind) ?? 0
}

const tables = {
  [kinds.User]: { name: 'users', index: 'users_listed', listed: listedUser },
  [kinds.Group]: { name: 'groups', index: 'groups_listed', listed: listedGroup },
} as const

/**
 * The listed rows of @directoryId behind a row, by their index. That is in the order of creation, which never falls as `seq` rises; the row
 * itself may be gone, and its number be given again.
 */
function listedBehind(kind: ResourceKind, seq: string): string {
  const { name, index, listed } = tables[kind]
  const moment = `select created_at from ${name} where seq <= ${seq} order by seq desc limit 1`
  return `${name} indexed by ${index} where directory_id = @directoryId and ${listed} and (created_at, seq) > (ifnull((${moment}), 0), ${seq})`
}

export function preparePositionReads(connection: Connection) {
  const totals = { [kinds.User]: prepareTotal(kinds.User), [kinds.Group]: prepareTotal(kinds.Group) } as const

  // One statement, for between two of them the writer may have counted further.
  function prepareTotal(kind: ResourceKind) {
    const counted = `ifnull((select seq from counted_to where directory_id = @directoryId and kind = ${kind}), 0)`
    return connection
      .prepare<{ readonly directoryId: number }, number>(
        `select ifnull((select listed from page_buckets where directory_id = @directoryId and kind = ${kind} and bucket = ${everyBucket}), 0)
           + (select count(*) from ${listedBehind(kind, counted)})`,
      )
      .pluck()
  }

  const countedTo = prepareCountedTo(connection)
  const buckets = connection
    .prepare<[number, number]>(
      'select bucket, listed from page_buckets where directory_id = ? and kind = ? and bucket >= 0 order by bucket',
    )
    .raw()
  return {
    /** How many resources SCIM may see. */
    total: (directoryId: number, kind: ResourceKind) => totals[kind].get({ directoryId }) ?? 0,
    /** Finds the resource at a zero-based index by counting buckets of 1,024, not rows. */
    find(directoryId: number, kind: ResourceKind, index: number): Position {
      if (index < 1 << bucketShift) return { fromSeq: 0, offset: index }
      let before = 0
      for (const row of buckets.iterate(directoryId, kind)) {
        const [bucket, listed] = Array.isArray(row) ? row : []
        if (typeof bucket !== 'number' || typeof listed !== 'number') break
        if (before + listed > index) return { fromSeq: bucket * 2 ** bucketShift, offset: index - before }
        before += listed
      }
      return { fromSeq: countedTo(directoryId, kind) + 1, offset: index - before }
    },
  }
}

interface Count {
  readonly directoryId: number
  readonly kind: ResourceKind
  readonly seq: number
  readonly by: number
}

export type PositionReads = ReturnType<typeof preparePositionReads>

const bucketOf = (seq: number) => Math.floor(seq / 2 ** bucketShift)

/**
 * Counts what is listed. Counts are gathered and written once, at the end of the transaction; what is undone is taken back before. New rows are
 * counted in by the hundred, so that a create does not write a page for it (docs/decisions/0004).
 */
export function preparePositionWrites(connection: Connection) {
  const add = connection.prepare(
    `insert into page_buckets (directory_id, kind, bucket, listed) values (?, ?, ?, ?)
     on conflict do update set listed = listed + excluded.listed`,
  )
  const countedTo = prepareCountedTo(connection)
  const setCountedTo = connection.prepare(
    `insert into counted_to (directory_id, kind, seq) values (?, ?, ?) on conflict do update set seq = excluded.seq`,
  )
  const uncounted = {
    [kinds.User]: prepareUncounted(kinds.User),
    [kinds.Group]: prepareUncounted(kinds.Group),
  } as const

  /** How many rows are listed behind one, by buckets, with the last row of each. */
  function prepareUncounted(kind: ResourceKind) {
    return connection.prepare<
      { readonly directoryId: number; readonly behind: number },
      { readonly count: number; readonly last: number }
    >(
      `select count(*) as count, max(seq) as last from ${listedBehind(kind, '@behind')} group by seq >> ${bucketShift} order by last`,
    )
  }

  const pending: Count[] = []

  function writeCounts(directoryId: number, kind: ResourceKind, counts: readonly Count[]): void {
    const counted = countedTo(directoryId, kind)
    const sums = new Map<number, number>()
    const gather = (seq: number, by: number) => {
      for (const bucket of [bucketOf(seq), everyBucket]) sums.set(bucket, (sums.get(bucket) ?? 0) + by)
    }
    for (const { seq, by } of counts) if (seq <= counted) gather(seq, by)
    if (counts.some(({ seq }) => seq - counted >= mostUncounted)) {
      const rows = uncounted[kind].all({ directoryId, behind: counted })
      for (const { last, count } of rows) gather(last, count)
      const end = rows.at(-1)
      if (end) setCountedTo.run(directoryId, kind, end.last)
    }
    for (const [bucket, by] of sums) if (by !== 0) add.run(directoryId, kind, bucket, by)
  }

  return {
    /** `by` is +1 when a resource becomes visible to SCIM, -1 when it no longer is. */
    count(directoryId: number, kind: ResourceKind, seq: number, by: 1 | -1): void {
      pending.push({ directoryId, kind, seq, by })
    },
    /** Where the counts of a savepoint begin. */
    mark: () => pending.length,
    /** Takes back the counts since a mark. */
    takeBack(mark: number): void {
      pending.length = mark
    },
    /** Writes what has been gathered. */
    write(): void {
      const [first] = pending
      if (!first) return
      const groups = Map.groupBy(pending, ({ directoryId, kind }) => `${directoryId}/${kind}`)
      for (const counts of groups.values()) {
        const [one = first] = counts
        writeCounts(one.directoryId, one.kind, counts)
      }
      pending.length = 0
    },
  }
}

export type PositionWrites = ReturnType<typeof preparePositionWrites>
