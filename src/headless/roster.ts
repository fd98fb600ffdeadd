import type { Engine } from '../main/engine.ts'
import type { RosterUser } from '../main/store/rosters.ts'
import type { CommandContext } from './command-context.ts'
import { directoryOf } from './directory-of.ts'

const pageSize = 500

/** All users of the directory in the order of their creation, page by page; archived ones only when asked for. */
export function* rosterUsers(
  engine: Engine,
  context: Pick<CommandContext, 'directory'>,
  isArchived: boolean,
): Generator<RosterUser> {
  const directoryId = directoryOf(engine, context)
  let after = 0
  for (;;) {
    const page = engine.reads.rosters.users(directoryId, after, pageSize, isArchived)
    yield* page
    const last = page.at(-1)
    if (last === undefined || page.length < pageSize) return
    after = last.seq
  }
}
