import { randomFillSync } from 'node:crypto'
import { v7 } from 'uuid'

/** Random bytes are drawn in advance: asking the system for sixteen at a time costs more than the rest of an id. */
const pool = new Uint8Array(16 * 512)
let used = pool.length

function nextRandom(): Uint8Array {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += 16
  return pool.slice(used - 16, used)
}

/** A new resource id: UUIDv7, whose beginning rises with time, so that new rows stand together in the index. */
export function newResourceId(): string {
  return v7({ rng: nextRandom })
}
