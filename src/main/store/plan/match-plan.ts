import type { Connection } from '../file/open-database.ts'

/** What an identity provider that asks for the sought userNames finds. */
export interface MatchCounts {
  /** How many different userNames are sought. */
  readonly sought: number
  /** Found as things are. */
  readonly linkedBefore: number
  /** Found after the conversion. */
  readonly linked: number
  /** Sought and not found after it: the identity provider creates them anew. */
  readonly created: number
  /** Users whom nobody seeks after it. */
  readonly leftBehind: number
}

// Local administrators are out of SCIM's sight, and who is merged is archived.
const staying = "is_hidden = 0 and outcome not in ('converts', 'merges')"

// The plus keeps the index by outcome out, by which SQLite would look through all who are converted for every sought name.
const becomes = "p.target_key = s.name_key and +p.outcome = 'converts'"

const nameAfter = "case when p.outcome = 'converts' then p.target_key else p.user_name_key end"

/** What one statement looks at, so that whoever ends the comparison does not wait for more. */
const namesPerStep = 10_000

/** Compares a settled plan with the sought userNames in it. */
export function matchPlan(connection: Connection): MatchCounts {
  const isInStep = 's.name_key > ? and s.name_key <= ?'
  const end = connection
    .prepare<[string], string>(
      `select name_key from sought where name_key > ? order by name_key limit 1 offset ${namesPerStep - 1}`,
    )
    .pluck()
  const last = connection.prepare<[], string | null>('select max(name_key) from sought').pluck().get() ?? ''
  const counted = (sql: string) => connection.prepare<[string, string], number>(sql).pluck()
  const counts = {
    sought: counted(`select count(*) from sought s where ${isInStep}`),
    linked: counted(
      `select count(*) from sought s where ${isInStep} and (exists (select 1 from plan p where ${becomes})
         or exists (select 1 from plan p where p.user_name_key = s.name_key and ${staying}))`,
    ),
    linkedBefore: counted(
      `select count(*) from sought s where ${isInStep}
         and exists (select 1 from plan p where p.user_name_key = s.name_key and p.is_hidden = 0)`,
    ),
  }
  const sums = { sought: 0, linked: 0, linkedBefore: 0 }
  // Names are in SQLite's order, which is not that of JavaScript's `<`.
  for (let from = ''; from !== last;) {
    const upTo = end.get(from) ?? last
    for (const each of ['sought', 'linked', 'linkedBefore'] as const) sums[each] += counts[each].get(from, upTo) ?? 0
    from = upTo
  }
  const visible = Number(
    connection.prepare("select count(*) from plan where is_hidden = 0 and outcome <> 'merges'").pluck().get(),
  )
  return { ...sums, created: sums.sought - sums.linked, leftBehind: visible - sums.linked }
}

/** Lists what stands behind the counts, page by page. */
export function preparePlanMatches(connection: Connection) {
  const created = connection
    .prepare<[string, number], string>(
      `select user_name from sought s where s.name_key > ?
         and not exists (select 1 from plan p where ${becomes})
         and not exists (select 1 from plan p where p.user_name_key = s.name_key and ${staying})
       order by name_key limit ?`,
    )
    .pluck()
  const leftBehind = connection.prepare<[number, number], { seq: number; user_name: string; target: string | null }>(
    `select seq, user_name, case when outcome = 'converts' then target end as target from plan p
     where seq > ? and is_hidden = 0 and outcome <> 'merges' and not exists (select 1 from sought s where s.name_key = ${nameAfter})
     order by seq limit ?`,
  )
  return {
    /** UserNames that would be created anew, behind a folded one. */
    created: (afterKey: string, limit: number) => created.all(afterKey, limit),
    /** Users whom nobody seeks, behind one of them. */
    leftBehind: (afterSeq: number, limit: number) => leftBehind.all(afterSeq, limit),
  }
}
