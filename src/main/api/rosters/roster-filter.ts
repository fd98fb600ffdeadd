import type { RosterFilter } from '../../../contract/roster.ts'
import type { Engine } from '../../engine.ts'
import { directoryIdOf } from './directory-id.ts'
import { integrationRowOf } from '../views/integration-view.ts'

/** What lists of users and of groups are asked for alike, as the store takes it. Throws `NotFound` for a directory or integration that is not there. */
export function askedAlike(engine: Engine, filter: RosterFilter) {
  return {
    directoryId: directoryIdOf(engine, filter.directory),
    query: filter.query,
    reach: filter.reach,
    source: filter.source ?? undefined,
    managedBy: filter.integration === null ? undefined : integrationRowOf(engine, filter.integration).id,
    hasDrifted: filter.hasDrifted,
    archived: filter.archived,
    descending: filter.descending,
  }
}
