import type { Connection } from '../file/open-database.ts'
import { planColumns, undisputedOutcome, type PlanConflict, type PlanFix, type PlanRow } from './plan-row.ts'
import { longestCycle } from './settle-plan.ts'

/** A decision of the admin about one user. `target` and its key belong to `address`, `rival` to `merge`. */
export interface NewFix {
  readonly fix: PlanFix | null
  readonly target: string | null
  readonly target_key: string | null
  readonly rival: number | null
}

interface Dispute {
  readonly conflict: PlanConflict
  readonly rival: number
}

/** With more users concerned by one fix than this, settling anew is faster than following each of them. */
const mostConsequences = 200

/** Changes single rows of a settled plan, and the conflicts of those whom that concerns: the same outcome that settling anew would find. */
export function preparePlanFixes(connection: Connection) {
  const bySeq = connection.prepare<[number], PlanRow>(`select ${planColumns} from plan where seq = ?`)
  const byKey = connection.prepare<[string], PlanRow>(`select ${planColumns} from plan where user_name_key = ?`)
  const wanting = connection.prepare<[string, number], PlanRow>(
    `select ${planColumns} from plan where target_key = ? order by seq limit ?`,
  )
  const taken = connection.prepare<[string, number], { seq: number; is_archived: number }>(
    'select seq, is_archived from taken where name_key = ? and seq <> ? limit 1',
  )
  const setFix = connection.prepare(
    'update plan set fix = ?, chosen = ?, target = ?, target_key = ?, outcome = ?, conflict = null, rival = ? where seq = ?',
  )
  const setOutcome = connection.prepare('update plan set outcome = ?, conflict = ?, rival = ? where seq = ?')

  /** What stands in the way of a target itself, whoever waits for whom. */
  function directDispute(row: PlanRow, key: string): Dispute | undefined {
    const owner = taken.get(key, row.seq)
    if (owner) return { conflict: owner.is_archived === 1 ? 'taken-archived' : 'taken', rival: owner.seq }
    const holder = byKey.get(key)
    if (holder && holder.seq !== row.seq && holder.target_key === null) return { conflict: 'taken', rival: holder.seq }
    const other = wanting.all(key, 2).find((each) => each.seq !== row.seq)
    return other && { conflict: 'same-target', rival: other.seq }
  }

  /** Follows those who wait for each other from a row on, to an end that is free, one that is not, or round in a circle. */
  function disputeOf(row: PlanRow): Dispute | undefined {
    if (row.target_key === null) return undefined
    const direct = directDispute(row, row.target_key)
    if (direct) return direct
    let current = row
    for (let length = 1; ; length += 1) {
      const holder = current.target_key === null ? undefined : byKey.get(current.target_key)
      if (!holder || holder.seq === current.seq || holder.target_key === null) return undefined
      if (holder.seq === row.seq)
        return length > longestCycle
          ? { conflict: 'long-cycle', rival: byKey.get(row.target_key)?.seq ?? 0 }
          : undefined
      if (directDispute(holder, holder.target_key))
        return { conflict: 'blocked', rival: byKey.get(row.target_key)?.seq ?? 0 }
      current = holder
    }
  }

  function settle(row: PlanRow): void {
    const dispute = disputeOf(row)
    const outcome = dispute ? 'conflict' : undisputedOutcome(row)
    const rival = dispute ? dispute.rival : row.fix === 'merge' ? row.rival : null
    setOutcome.run(outcome, dispute?.conflict ?? null, rival, row.seq)
  }

  /** Those whose outcome can depend on these keys: who wants one of them, and who waits for those in turn. */
  function concerned(keys: readonly string[]): ReadonlySet<number> {
    const found = new Set<number>()
    const open = [...keys]
    for (let key = open.pop(); key !== undefined && found.size <= mostConsequences; key = open.pop())
      for (const row of wanting.all(key, mostConsequences + 1)) {
        if (found.has(row.seq)) continue
        found.add(row.seq)
        if (row.user_name_key !== null) open.push(row.user_name_key)
      }
    return found
  }

  return {
    bySeq: (seq: number) => bySeq.get(seq),
    byKey: (key: string) => byKey.get(key),
    /**
     * Decides about one user. Returns every row that this can have changed, as it was before; undefined where those are so many that the
     * plan has to be settled anew.
     */
    apply(row: PlanRow, change: NewFix): readonly PlanRow[] | undefined {
      return connection.transaction(() => {
        const keys = [row.target_key, change.target_key, row.user_name_key].filter((each) => each !== null)
        const seqs = new Set([row.seq, ...concerned(keys)])
        const before = [...seqs].flatMap((seq) => bySeq.get(seq) ?? [])
        const { fix, target, target_key, rival } = change
        const chosen = fix === 'address' ? target : null
        const outcome = undisputedOutcome({ basis: row.basis, fix })
        setFix.run(fix, chosen, target, target_key, outcome, rival, row.seq)
        if (seqs.size > mostConsequences) return undefined
        for (const seq of seqs) {
          const current = bySeq.get(seq)
          if (current) settle(current)
        }
        return before
      })()
    },
  }
}
