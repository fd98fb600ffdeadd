import { fold } from '../../../scim/text/fold.ts'
import type { StoreReads } from '../../store/store-reads.ts'
import type { AliasMapping } from '../../store/resources/user-aliases.ts'

const pageSize = 500

export interface FoundUser {
  readonly id: string
  readonly userName: string
}

/** Looking people up by the user IDs that they had before a conversion. */
export function createFormerUserIds(reads: StoreReads) {
  return {
    /** Whom a user ID leads to: the user who has it, then those who had it. Case and the ways of Unicode make no difference. */
    lookUp(directoryId: number, userName: string): readonly FoundUser[] {
      const key = fold(userName)
      const present = reads.users.byUserNameKey(directoryId, key)
      const former = reads.aliases
        .personSeqs(directoryId, key)
        .flatMap((seq) => reads.users.bySeq(seq) ?? [])
        .filter((each) => each.archived_at === null && each.seq !== present?.seq)
      return [...(present ? [present] : []), ...former].map((row) => ({ id: row.id, userName: row.user_name }))
    },
    /** Old and present user IDs, of one job or of all: what single sign-on elsewhere needs to know. Read page by page. */
    *mapping(directoryId: number, jobId?: number): Generator<AliasMapping> {
      let after = jobId === undefined ? { job: 0, seq: 0 } : { job: jobId, seq: 0 }
      const last = jobId ?? Number.MAX_SAFE_INTEGER
      for (;;) {
        const page = reads.aliases.mapping(directoryId, after, last, pageSize)
        yield* page
        const end = page.at(-1)
        if (!end || page.length < pageSize) return
        after = { job: end.job_id, seq: end.user_seq }
      }
    },
  }
}
