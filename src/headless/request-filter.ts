import type { JournalWhere } from '../main/store/journal/journal-where.ts'
import { fold } from '../scim/fold.ts'
import type { CommandContext } from './command-context.ts'
import { directoryOf } from './directory-of.ts'
import { withEngine } from './with-engine.ts'

export interface RequestFilterFlags {
  readonly status?: string
  readonly integration?: string
  readonly user?: string
  readonly method?: string
  readonly text?: string
  /** Ms before now. */
  readonly since?: number
}

/** The id of the user meant, archived ones included; an id that nobody has any more is looked for all the same. */
function userId(context: CommandContext, who: string): Promise<string> {
  return withEngine(context, (engine) => {
    const { reads } = engine
    const directoryId = directoryOf(engine, context)
    const present = reads.users.byUserNameKey(directoryId, fold(who))
    return (present ?? reads.rosters.archivedByUserNameKey(directoryId, fold(who))[0])?.id ?? who
  })
}

/** What the options of `requests` ask for. */
export async function requestFilter(context: CommandContext, flags: RequestFilterFlags): Promise<JournalWhere> {
  const { status, integration, user, method, text, since } = flags
  return {
    ...(status === undefined ? {} : { status }),
    ...(integration === undefined ? {} : { integration }),
    ...(method === undefined ? {} : { method }),
    ...(text === undefined ? {} : { text }),
    ...(since === undefined ? {} : { since: context.now() - since }),
    ...(user === undefined ? {} : { resource: await userId(context, user) }),
  }
}
