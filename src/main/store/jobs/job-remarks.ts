import type { Connection } from '../file/open-database.ts'

/** A user that a job has left as it was; `reason` is a code of the job's kind. */
export interface JobRemark {
  readonly user_seq: number
  readonly user_id: string
  readonly user_name: string
  readonly target: string | null
  readonly outcome: 'skipped' | 'failed' | 'left'
  readonly reason: string
}

export function prepareJobRemarkReads(connection: Connection) {
  const page = connection.prepare<[number, number, number], JobRemark>(
    `select user_seq, user_id, user_name, target, outcome, reason from job_remarks
     where job_id = ? and user_seq > ? order by user_seq limit ?`,
  )
  return {
    /** The remarks behind a user, by key. */
    page: (jobId: number, afterSeq: number, limit: number) => page.all(jobId, afterSeq, limit),
  }
}

export function prepareJobRemarkWrites(connection: Connection) {
  const add = connection.prepare(
    `insert or replace into job_remarks (job_id, user_seq, user_id, user_name, target, outcome, reason) values (?, ?, ?, ?, ?, ?, ?)`,
  )
  const forget = connection.prepare(
    'delete from job_remarks where job_id in (select id from jobs where directory_id = ?) and user_seq = ?',
  )
  return {
    add(jobId: number, remark: JobRemark): void {
      const { user_seq, user_id, user_name, target, outcome, reason } = remark
      add.run(jobId, user_seq, user_id, user_name, target, outcome, reason)
    },
    /** Removes what jobs have remarked of a purged user. */
    forgetUser: (directoryId: number, userSeq: number) => void forget.run(directoryId, userSeq),
  }
}
