import { isHidden } from '../../directory/write/user-record.ts'
import { recordChange } from '../../directory/write/record-change.ts'
import { cyclesMark } from '../../notify/cycles-mark.ts'
import { integrationOfAlert } from '../../notify/integration-of-alert.ts'
import { expectedUsersSetting } from '../../provisioning/status/expected-users.ts'
import type { IntegrationRow } from '../../store/configuration/integrations.ts'
import type { ManagedCount } from '../../store/resources/managed-records.ts'
import { kinds } from '../../store/resources/resource-kind.ts'
import type { StoreReads } from '../../store/store-reads.ts'
import { type AdministrationScope, writeScopeOf } from '../administration-scope.ts'
import { integrationRow } from './integrations.ts'
import { forgetPausedTogether } from './pause-all.ts'
import { recordIntegrationChange } from './record-integration-change.ts'
import { Refusal } from '../refusal.ts'
import { voidTokens } from './tokens.ts'

/** What a deletion has done. */
export interface DeletedIntegration {
  readonly slug: string
  readonly name: string
  /** What became local. */
  readonly released: ManagedCount
  /** The ids of the tokens that it voided. */
  readonly voided: readonly number[]
}

/** Why an integration cannot be deleted now: a sentence. Undefined when it can. */
export function deletionProblem(
  { jobs }: Pick<StoreReads, 'jobs'>,
  integration: Pick<IntegrationRow, 'directory_id' | 'name'>,
): string | undefined {
  const job = jobs.unfinished().find((each) => each.directory_id === integration.directory_id)
  return job
    ? `Job ${job.id} is ${job.state} and works through the directory of "${integration.name}". Let it end, or cancel it, then delete the integration.`
    : undefined
}

/**
 * Those with a role are few, and what SCIM may see of them follows from who manages them: their rows are written. All other records become
 * local by the deletion alone (store/resources/managed-records.ts).
 */
function releaseThoseWithRole(scope: AdministrationScope, integration: IntegrationRow): void {
  const { store } = scope
  const write = writeScopeOf(scope, integration.directory_id)
  for (const seq of store.managed.withRole(integration.directory_id, integration.id)) {
    const user = store.users.bySeq(seq)
    if (!user) continue
    const hidden = isHidden({ source: 'local', role: user.role })
    store.users.updateStanding(seq, {
      source: 'local',
      role: user.role,
      managed_by: null,
      hidden: hidden ? 1 : 0,
      last_change: recordChange(write, kinds.User, user, 'release', JSON.stringify({ source: [user.source, 'local'] })),
    })
    if (user.archived_at === null && hidden !== (user.hidden === 1))
      store.positions.count(integration.directory_id, kinds.User, seq, hidden ? -1 : 1)
  }
}

/** Nothing is told of it any more, nor that anything is over. */
function silence({ store }: AdministrationScope, { id, slug }: IntegrationRow): void {
  for (const alert of store.alerts.all())
    if (integrationOfAlert(alert) === slug) store.alerts.remove(alert.rule, alert.subject)
  store.alerts.dropMark(cyclesMark(id))
  store.outbox.dropIntegration(slug)
  store.welcome.remove(id)
}

/**
 * Deletes an integration: its tokens are void, and what it managed is local from then on. Costs the same for a million records as for one, but
 * for the counting of them. Throws `Refusal` for an unknown one, and while a job works through its directory.
 */
export function deleteIntegration(scope: AdministrationScope, input: { readonly slug: string }): DeletedIntegration {
  const { store } = scope
  const row = integrationRow(scope, input.slug)
  const problem = deletionProblem(store, row)
  if (problem !== undefined) throw new Refusal(problem)
  const released = store.managed.count(row.directory_id, row.id)
  const voided = voidTokens(scope, input)
  releaseThoseWithRole(scope, row)
  store.drift.removeManaged(row.id)
  silence(scope, row)
  if (store.settings.get(expectedUsersSetting(row.id))) store.settings.set(expectedUsersSetting(row.id), '')
  forgetPausedTogether(scope, row.id)
  store.integrations.remove(row.id, scope.now)
  recordIntegrationChange(scope, row, 'delete', {
    name: [row.name, null],
    users: [released.users + released.archivedUsers, 0],
    groups: [released.groups + released.archivedGroups, 0],
  })
  return { slug: row.slug, name: row.name, released, voided }
}
