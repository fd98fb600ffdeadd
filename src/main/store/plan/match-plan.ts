import type { Connection } from '../open-database.ts'

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

/** Compares a settled plan with the sought userNames in it. */
export function matchPlan(connection: Connection): MatchCounts {
  const count = (sql: string) => Number(connection.prepare(sql).pluck().get())
  const sought = count('select count(*) from sought')
  const linked = count(
    `select count(*) from sought s where exists (select 1 from plan p where ${becomes})
       or exists (select 1 from plan p where p.user_name_key = s.name_key and ${staying})`,
  )
  const linkedBefore = count(
    'select count(*) from sought s where exists (select 1 from plan p where p.user_name_key = s.name_key and p.is_hidden = 0)',
  )
  const visible = count("select count(*) from plan where is_hidden = 0 and outcome <> 'merges'")
  return { sought, linkedBefore, linked, created: sought - linked, leftBehind: visible - linked }
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
