import type { PlanRow } from '../store/plan/plan-row.ts'

/** One user of a batch, as planned. */
export interface RunItem {
  readonly seq: number
  readonly id: string
  /** The version of the user that the plan was made from. */
  readonly version: number
  readonly userName: string
  /** Null for who is merged. */
  readonly target: string | null
  /** Where the target came from; null where the admin chose it. */
  readonly origin: string | null
  /** The user to be merged into. */
  readonly into: number | null
  /** The same for all that change userNames in a circle. */
  readonly cycle: number | null
  /** What the stage has reached with this item. */
  readonly after: number
}

/** The item of a row, at a place of its stage. */
export function runItem(row: PlanRow, after: number, cycle: number | null): RunItem {
  const isMerge = row.outcome === 'merges'
  return {
    seq: row.seq,
    id: row.id,
    version: row.version,
    userName: row.user_name,
    target: isMerge ? null : row.target,
    origin: row.fix === null ? row.origin : null,
    into: isMerge ? row.rival : null,
    cycle,
    after,
  }
}

/** The items in the pieces that cannot be divided: a circle, or one user. */
export function* unitsOf(items: readonly RunItem[]): Generator<readonly RunItem[]> {
  let unit: RunItem[] = []
  for (const item of items) {
    if (unit.length > 0 && (item.cycle === null || item.cycle !== unit[0]?.cycle)) {
      yield unit
      unit = []
    }
    unit.push(item)
  }
  if (unit.length > 0) yield unit
}
