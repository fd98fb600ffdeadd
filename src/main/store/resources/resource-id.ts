import { randomFillSync } from 'node:crypto'

/** Random bytes are drawn in advance: asking the system for a few at a time costs more than the rest of an id. */
const pool = new Uint16Array(2 * 512)
let used = pool.length

function nextRandom(): number {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += 1
  return pool[used - 1] ?? 0
}

function hex(number: number, digits: number): string {
  return number.toString(16).padStart(digits, '0')
}

/**
 * The id of a new resource: a UUID of version 8 (RFC 9562 §5.8). It begins with the time and ends with the number
 * of the resource's row, so that a lookup goes to the row at once.
 */
export function newResourceId(seq: number, now: number): string {
  const time = hex(now, 12)
  const random = nextRandom()
  const variant = 0x8000 | (nextRandom() & 0x3fff)
  return `${time.slice(0, 8)}-${time.slice(8)}-8${hex(random & 0xfff, 3)}-${hex(variant, 4)}-${hex(seq, 12)}`
}

const length = 36
const versionAt = 14
const seqAt = 24
const versionEight = 0x38

/** Which row an id names, if it is one of ours; that row says whether it is meant. Undefined for an id that has to be searched for. */
export function seqOfId(id: string): number | undefined {
  if (id.length !== length || id.charCodeAt(versionAt) !== versionEight) return undefined
  const seq = Number.parseInt(id.slice(seqAt), 16)
  return Number.isNaN(seq) ? undefined : seq
}
