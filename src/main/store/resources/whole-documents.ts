import type { Connection } from '../file/open-database.ts'

interface Row {
  readonly seq: number
}

const none: ReadonlySet<number> = new Set()

/** Rows of higher numbers are looked at each time: what is remembered of those below takes 16 MiB at most. */
const mostRemembered = 2 ** 27

/** The numbers of rows, a bit each. */
function createSeqSet() {
  let bits = new Uint8Array(128)
  return {
    has: (seq: number) => ((bits[seq >>> 3] ?? 0) & (1 << (seq & 7))) !== 0,
    add(seq: number): void {
      if (seq >= mostRemembered) return
      const place = seq >>> 3
      if (place >= bits.length) {
        const larger = new Uint8Array(2 * (place + 1))
        larger.set(bits)
        bits = larger
      }
      bits[place] = (bits[place] ?? 0) | (1 << (seq & 7))
    },
    clear(): void {
      bits.fill(0)
    },
  }
}

/**
 * Tells which rows have a document that a disk has spoilt. A connection looks at each document once, when it is first read, for what is written later is
 * whole, and other reads do not pay. Where one is found that was not known, all are looked at anew, since the disk may have spoilt others meanwhile.
 */
export function prepareWholeDocuments(connection: Connection, table: 'users' | 'groups') {
  const isJson = connection.prepare<[number], number>(`select json_valid(doc) from ${table} where seq = ?`).pluck()
  const whole = createSeqSet()
  const known = new Set<number>()
  return {
    /** The numbers of those of the rows whose document is no JSON. */
    damagedAmong(rows: readonly Row[]): ReadonlySet<number> {
      let found: Set<number> | undefined
      let isNews = false
      for (const { seq } of rows) {
        if (whole.has(seq)) continue
        if (isJson.get(seq) !== 0) whole.add(seq)
        else {
          isNews ||= !known.has(seq)
          known.add(seq)
          found = (found ?? new Set()).add(seq)
        }
      }
      if (isNews) whole.clear()
      return found ?? none
    },
  }
}
