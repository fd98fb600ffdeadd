import type { Connection } from '../file/open-database.ts'
import type { ResourceKind } from './resource-kind.ts'

const bucketShift = 10

/** Where the n-th listed resource is found: skip `offset` rows from `fromSeq` on. */
export interface Position {
  readonly fromSeq: number
  readonly offset: number
}

export function preparePositionReads(connection: Connection) {
  const total = connection
    .prepare<[number, number], number>(
      'select listed from page_buckets where directory_id = ? and kind = ? and bucket = -1',
    )
    .pluck()
  const buckets = connection
    .prepare<[number, number]>(
      'select bucket, listed from page_buckets where directory_id = ? and kind = ? and bucket >= 0 order by bucket',
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

/** The bucket that counts all resources of a kind. */
const everyBucket = -1

interface Count {
  readonly directoryId: number
  readonly kind: ResourceKind
  readonly bucket: number
  readonly by: number
}

export type PositionReads = ReturnType<typeof preparePositionReads>

/** Counts what is listed. Counts are gathered and written once, at the end of the transaction; what is undone is taken back before. */
export function preparePositionWrites(connection: Connection) {
  const add = connection.prepare(
    `insert into page_buckets (directory_id, kind, bucket, listed) values (?, ?, ?, ?)
     on conflict do update set listed = listed + excluded.listed`,
  )
  const pending: Count[] = []
  return {
    /** `by` is +1 when a resource becomes visible to SCIM, -1 when it no longer is. */
    count(directoryId: number, kind: ResourceKind, seq: number, by: 1 | -1): void {
      pending.push({ directoryId, kind, bucket: Math.floor(seq / 2 ** bucketShift), by })
    },
    /** Where the counts of a savepoint begin. */
    mark: () => pending.length,
    /** Takes back the counts since a mark. */
    takeBack(mark: number): void {
      pending.length = mark
    },
    /** Writes what has been gathered. */
    write(): void {
      if (pending.length === 0) return
      const sums = new Map<string, Count>()
      for (const each of pending)
        for (const bucket of [each.bucket, everyBucket]) {
          const key = `${each.directoryId}/${each.kind}/${bucket}`
          sums.set(key, { ...each, bucket, by: (sums.get(key)?.by ?? 0) + each.by })
        }
      pending.length = 0
      for (const { directoryId, kind, bucket, by } of sums.values())
        if (by !== 0) add.run(directoryId, kind, bucket, by)
    },
  }
}

export type PositionWrites = ReturnType<typeof preparePositionWrites>
