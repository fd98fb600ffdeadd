import type { Engine } from '../../main/engine.ts'
import { fold } from '../../scim/text/fold.ts'
import type { RosterUser } from '../../main/store/roster/rosters.ts'
import type { CommandContext } from '../command-context.ts'
import { directoryOf } from '../directory-of.ts'

const pageSize = 500

/**
 * All users of the directory in the order of their creation, page by page; archived ones only when asked for. With a text, those in whose
 * userName, display name or former userName it is found.
 */
export function* rosterUsers(
  engine: Engine,
  context: Pick<CommandContext, 'directory'>,
  isArchived: boolean,
  text = '',
): Generator<RosterUser> {
  const directoryId = directoryOf(engine, context)
  const { rosters } = engine.reads
  const search = { directoryId, key: fold(text.trim()), limit: pageSize, isArchived: isArchived ? 1 : 0 } as const
  let after = 0
  for (;;) {
    const page =
      search.key === ''
        ? rosters.users(directoryId, after, pageSize, isArchived)
        : rosters.found({ ...search, afterSeq: after })
    yield* page
    const last = page.at(-1)
    if (last === undefined || page.length < pageSize) return
    after = last.seq
  }
}
