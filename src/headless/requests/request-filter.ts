import type { RequestTerm } from '../../contract/request-filter.ts'
import { journalWhere } from '../../main/api/reads/request-where.ts'
import { atOnce } from '../../main/steps.ts'
import { openReaderConnection } from '../../main/store/file/database-files.ts'
import type { JournalWhere } from '../../main/store/journal/journal-where.ts'
import { prepareNameSearch } from '../../main/store/lists/name-search.ts'
import { fold } from '../../scim/text/fold.ts'
import type { CommandContext } from '../command-context.ts'
import { directoryOf } from '../directory-of.ts'
import { withEngine } from '../with-engine.ts'

export interface RequestFilterFlags {
  readonly status?: string
  readonly integration?: string
  readonly user?: string
  readonly method?: string
  readonly text?: string
  /** Ms before now. */
  readonly since?: number
  /** The language of the console's filter box. */
  readonly filter?: readonly RequestTerm[]
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

/** What a filter means in this data directory: whom its names stand for is looked up. */
function filterWhere(context: CommandContext, filter: readonly RequestTerm[]): Promise<JournalWhere> {
  return withEngine(context, ({ dataDir }) => {
    const connection = openReaderConnection(dataDir)
    try {
      return atOnce(journalWhere(prepareNameSearch(connection), { filter, now: context.now() }))
    } finally {
      connection.close()
    }
  })
}

/** Says that there is no integration of that slug: nothing is found, which must not look like good news. One that was deleted has its requests still. */
export async function remarkIntegration(context: CommandContext, slug: string | undefined): Promise<void> {
  if (slug === undefined) return
  const isKnown = await withEngine(context, ({ reads }) => reads.integrations.bySlug(slug) !== undefined)
  if (!isKnown) context.warn(`There is no integration "${slug}" now; only requests of a deleted one are found.`)
}

/** As the filter means it: with what was sent to the SCIM URL of the integration and was not let in. */
function integrationTerms(slug: string | undefined): readonly RequestTerm[] {
  return slug === undefined ? [] : [{ field: 'integration', value: slug, isExcluded: false }]
}

/** What the options of `requests` ask for; all of them together. */
export async function requestFilter(context: CommandContext, flags: RequestFilterFlags): Promise<JournalWhere> {
  const { status, integration, user, method, text, since } = flags
  const filter = [...(flags.filter ?? []), ...integrationTerms(integration)]
  const filtered = filter.length === 0 ? {} : await filterWhere(context, filter)
  const sinceAt = Math.max(filtered.since ?? 0, since === undefined ? 0 : context.now() - since)
  return {
    ...filtered,
    ...(status === undefined ? {} : { status }),
    ...(method === undefined ? {} : { method }),
    ...(text === undefined ? {} : { text }),
    ...(sinceAt === 0 ? {} : { since: sinceAt }),
    ...(user === undefined ? {} : { resource: await userId(context, user) }),
  }
}
