import type { Cycle as CycleView, IntegrationStatus as StatusView } from '../../../contract/provisioning.ts'
import { idps } from '../../../idp/catalogue.ts'
import type { Engine } from '../../engine.ts'
import { countedWords, kindWords } from '../../provisioning/status/counted-words.ts'
import { durationOf, type Cycle } from '../../provisioning/cycles/cycle.ts'
import { expectedUsersOf } from '../../provisioning/status/expected-users.ts'
import { failureKinds } from '../../provisioning/failures/failure-kind.ts'
import type { IntegrationStatus } from '../../provisioning/status/integration-status.ts'
import { refusalRemedy, refusalWords } from '../../provisioning/failures/refusal-words.ts'
import type { ResourceCounts } from '../../provisioning/cycles/subject-marks.ts'
import { NotFound } from '../problems/not-found.ts'

/** How many cycles come with a status. */
const cyclesEach = 12

function countsView({ seen, ...counts }: ResourceCounts): CycleView['users'] {
  return { checked: seen, ...counts }
}

/** A cycle as the console shows it. */
export function cycleView(cycle: Cycle, now: number): CycleView {
  const { kind, activity } = cycle
  const { counts } = activity
  return {
    id: activity.id,
    kind,
    name: kindWords(kind),
    startedAt: activity.startedAt,
    endedAt: activity.endedAt,
    durationMs: durationOf(cycle, now),
    phase: activity.phase,
    result: countedWords(kind, counts),
    requests: activity.requests,
    notRecorded: activity.lost,
    users: countsView(counts.users),
    groups: countsView(counts.groups),
    members: { added: counts.membersAdded, removed: counts.membersRemoved },
    listed: { users: counts.listedUsers, groups: counts.listedGroups },
    failed: counts.failed,
    failures: failureKinds
      .map((each) => ({ kind: each, count: counts.failures[each] }))
      .filter(({ count }) => count > 0),
    operations: counts.operations,
    deferred: counts.deferred,
    lastRequest: activity.lastExchange,
  }
}

function quarantineView({ quarantine }: IntegrationStatus): StatusView['quarantine'] {
  if (quarantine === undefined) return null
  const { isSuspected, because, failures, operations, failingShare, failuresLeft, rule } = quarantine
  return {
    isSuspected,
    because: [...because],
    failures,
    operations,
    failingShare,
    judgedFrom: rule.judgedFromFailures,
    tooManyShare: rule.failingShare,
    failuresLeft,
  }
}

function statusView({ reads }: Engine, status: IntegrationStatus, now: number): StatusView {
  const { id, slug, name, idp, idpName, state, sentence, refusals, strangers, running, cycles } = status
  return {
    slug,
    name,
    idp,
    idpName: idps[idp].displayName,
    idpSpoken: idpName,
    hasCycles: idps[idp].rhythm.kind === 'cycles',
    state,
    hold: status.hold ?? null,
    sentence,
    lastRequestAt: status.lastRequestAt ?? null,
    lastAcceptedAt: status.lastAcceptedAt ?? null,
    refusals: refusals
      ? {
          count: refusals.count,
          because: refusalWords(refusals.reason),
          remedy: refusalRemedy(refusals.reason),
          since: refusals.since,
          lastAt: refusals.lastAt,
          request: refusals.lastExchange,
        }
      : null,
    strangers: strangers ? { count: strangers.count, since: strangers.since, request: strangers.lastExchange } : null,
    running: running ? cycleView(running, now) : null,
    cycles: cycles.map((each) => cycleView(each, now)),
    nextExpectedAt: status.nextExpectedAt ?? null,
    overdueSince: status.overdueSince ?? null,
    progress: status.progress ?? null,
    quarantine: quarantineView(status),
    failing: status.failing.users + status.failing.groups,
    expectedUsers: expectedUsersOf(reads, id) ?? null,
    ownLog: status.ownLog ?? null,
  }
}

/** How every integration is, in the order of their creation. */
export function statusViews(engine: Engine): readonly StatusView[] {
  const now = engine.clock()
  return engine.provisioning.status(cyclesEach).map((status) => statusView(engine, status, now))
}

/** How one integration is. Throws `NotFound`. */
export function statusViewOf(engine: Engine, slug: string): StatusView {
  const status = engine.provisioning.statusOf(slug, cyclesEach)
  if (!status) throw new NotFound(`There is no integration "${slug}".`)
  return statusView(engine, status, engine.clock())
}
