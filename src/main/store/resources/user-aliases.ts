import type { Connection } from '../file/open-database.ts'

/** A userName that a user had before a job renamed it. */
export interface AliasRow {
  readonly job_id: number
  readonly user_seq: number
  readonly directory_id: number
  /** Byte for byte. */
  readonly user_name: string
  readonly user_name_key: string
  /** Whom the old name leads to: the user itself, or the one that it was merged into. */
  readonly person_seq: number
  /** The new userName; null where the user was merged. */
  readonly renamed_to: string | null
  /** JSON array text of the ids of the groups that a merge added the other user to. */
  readonly joined_groups: string | null
}

/** An old userName with the one that the person has now. */
export interface AliasMapping {
  readonly job_id: number
  readonly user_seq: number
  readonly user_name: string
  readonly current: string
  readonly id: string
}

const columns = 'job_id, user_seq, directory_id, user_name, user_name_key, person_seq, renamed_to, joined_groups'

export function prepareAliasReads(connection: Connection) {
  const ofJob = connection.prepare<[number, number, number], AliasRow>(
    `select ${columns} from user_aliases where job_id = ? and user_seq > ? and undone_by is null order by user_seq limit ?`,
  )
  const ofJobAndUser = connection.prepare<[number, number], AliasRow>(
    `select ${columns} from user_aliases where job_id = ? and user_seq = ? and undone_by is null`,
  )
  const count = connection
    .prepare<[number], number>('select count(*) from user_aliases where job_id = ? and undone_by is null')
    .pluck()
  const personSeqs = connection
    .prepare<[number, string], number>(
      `select distinct person_seq from user_aliases where directory_id = ? and user_name_key = ? and undone_by is null`,
    )
    .pluck()
  // `cross join` keeps the order of the tables: the few jobs first, then one look-up each.
  const ofUser = connection.prepare<[number, number], AliasRow>(
    `select a.job_id, a.user_seq, a.directory_id, a.user_name, a.user_name_key, a.person_seq, a.renamed_to, a.joined_groups
     from jobs j cross join user_aliases a on a.job_id = j.id and a.user_seq = ?
     where j.directory_id = ? and a.undone_by is null order by j.id desc`,
  )
  // The plus keeps the index by name out, by which SQLite would sort all of them for every page.
  const mapping = connection.prepare<[number, number, number, number, number], AliasMapping>(
    `select a.job_id, a.user_seq, a.user_name, u.user_name as current, u.id
     from user_aliases a cross join users u on u.seq = a.person_seq
     where +a.directory_id = ? and (a.job_id, a.user_seq) > (?, ?) and a.job_id <= ? and a.undone_by is null and u.archived_at is null
     order by a.job_id, a.user_seq limit ?`,
  )
  return {
    /** What a job has renamed and nobody has undone, by user, behind one of them. */
    ofJob: (jobId: number, afterSeq: number, limit: number) => ofJob.all(jobId, afterSeq, limit),
    ofJobAndUser: (jobId: number, userSeq: number) => ofJobAndUser.get(jobId, userSeq),
    countOfJob: (jobId: number) => count.get(jobId) ?? 0,
    /** Whom an old userName leads to, by its folded text: mostly one, or none. */
    personSeqs: (directoryId: number, key: string) => personSeqs.all(directoryId, key),
    /** The earlier userNames of a user, the last one first. */
    ofUser: (directoryId: number, userSeq: number) => ofUser.all(userSeq, directoryId),
    /** Old and present userNames, of all jobs up to one, behind a row of them; archived users are left out. */
    mapping: (
      directoryId: number,
      after: { readonly job: number; readonly seq: number },
      lastJob: number,
      limit: number,
    ) => mapping.all(directoryId, after.job, after.seq, lastJob, limit),
  }
}

export function prepareAliasWrites(connection: Connection) {
  const add = connection.prepare(`insert into user_aliases (${columns}) values (?, ?, ?, ?, ?, ?, ?, ?)`)
  const undo = connection.prepare('update user_aliases set undone_by = ? where job_id = ? and user_seq = ?')
  const jobs = connection.prepare<[number], number>('select id from jobs where directory_id = ?').pluck()
  const forget = connection.prepare('delete from user_aliases where job_id = ? and user_seq = ?')
  const forgetMerged = connection.prepare('delete from user_aliases where person_seq = ? and renamed_to is null')
  return {
    add(alias: AliasRow): void {
      add.run(
        alias.job_id,
        alias.user_seq,
        alias.directory_id,
        alias.user_name,
        alias.user_name_key,
        alias.person_seq,
        alias.renamed_to,
        alias.joined_groups,
      )
    },
    setUndone(jobId: number, userSeq: number, undoneBy: number): void {
      undo.run(undoneBy, jobId, userSeq)
    },
    /** Removes the earlier names of a purged user, and those that lead to it. */
    forgetUser(directoryId: number, userSeq: number): void {
      for (const jobId of jobs.all(directoryId)) forget.run(jobId, userSeq)
      forgetMerged.run(userSeq)
    },
  }
}
