import type { Connection } from './open-database.ts'
import type { ResourceKind } from './resource-kind.ts'

const bucketShift = 10

/** Where the n-th listed resource is found: skip `offset` rows from `fromSeq` on. */
export interface Position {
  readonly fromSeq: number
  readonly offset: number
}

export function preparePositionReads(connection: Connection) {
  const total = connection
    .prepare<[number, number], number>('select listed from totals where directory_id = ? and kind = ?')
    .pluck()
  const buckets = connection
    .prepare<[number, number]>(
      'select bucket, listed from page_buckets where directory_id = ? and kind = ? order by bucket',
    )
    .raw()
  return {
    /** How many resources SCIM may see. */
    total: (directoryId: number, kind: ResourceKind) => total.get(directoryId, kind) ?? 0,
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
      return { fromSeq: Number.MAX_SAFE_INTEGER, offset: 0 }
    },
  }
}

/** Counts what is listed. */
export function preparePositionWrites(connection: Connection) {
  const addToBucket = connection.prepare(
    `insert into page_buckets (directory_id, kind, bucket, listed) values (?, ?, ?, ?)
     on conflict do update set listed = listed + excluded.listed`,
  )
  const addToTotal = connection.prepare(
    `insert into totals (directory_id, kind, listed) values (?, ?, ?)
     on conflict do update set listed = listed + excluded.listed`,
  )
  return {
    /** `by` is +1 when a resource becomes visible to SCIM, -1 when it no longer is. */
    count(directoryId: number, kind: ResourceKind, seq: number, by: 1 | -1): void {
      addToBucket.run(directoryId, kind, Math.floor(seq / 2 ** bucketShift), by)
      addToTotal.run(directoryId, kind, by)
    },
  }
}
