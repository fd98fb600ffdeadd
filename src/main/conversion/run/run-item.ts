import type { PlanRow } from '../../store/plan/plan-row.ts'

/** The user to be merged into, with the userName that it has by then if all goes as planned. */
export interface MergeTarget {
  readonly seq: number
  readonly id: string
  readonly userName: string
}

/** One user of a batch, as planned. */
export interface RunItem {
  readonly seq: number
  readonly id: string
  /** The version of the user that the plan was made from. */
  readonly version: number
  readonly userName: string
  /** Null for who is merged. */
  readonly target: string | null
  /** The target that is looked at once more before anything is done: that of who is merged is why. Null where the admin chose it. */
  readonly derived: { readonly origin: string; readonly target: string } | null
  readonly into: MergeTarget | null
  /** The same for all that change userNames in a circle. */
  readonly cycle: number | null
  /** What the stage has reached with this item. */
  readonly after: number
}

/** What is looked at once more; an address that the admin chose stays, also where another decision followed it. */
function derivedOf({ fix, origin, derived, target }: PlanRow): RunItem['derived'] {
  if (fix === 'address' || origin === null || target === null || target !== derived) return null
  return { origin, target }
}

/** The item of a row, at a place of its stage. `rival`: the row of the user that it is in conflict with. */
export function runItem(
  row: PlanRow,
  rival: PlanRow | undefined,
  place: { readonly after: number; readonly cycle: number | null },
): RunItem {
  const isMerge = row.outcome === 'merges'
  const nameOf = (other: PlanRow) =>
    other.outcome === 'converts' && other.target !== null ? other.target : other.user_name
  return {
    seq: row.seq,
    id: row.id,
    version: row.version,
    userName: row.user_name,
    target: isMerge ? null : row.target,
    derived: derivedOf(row),
    into: isMerge && rival ? { seq: rival.seq, id: rival.id, userName: nameOf(rival) } : null,
    ...place,
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
