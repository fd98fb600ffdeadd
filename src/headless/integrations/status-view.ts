import type { Engine } from '../../main/engine.ts'
import { durationOf, type Cycle } from '../../main/provisioning/cycles/cycle.ts'
import type { Refusals } from '../../main/provisioning/cycles/integration-track.ts'
import type { Drift } from '../../main/provisioning/mapping/drift.ts'
import { withMoments } from '../../contract/spoken-moment.ts'
import { clockTime } from '../../main/provisioning/status/spoken-time.ts'
import type { IntegrationStatus } from '../../main/provisioning/status/integration-status.ts'
import type { FailingPerson } from '../../main/provisioning/provisioning.ts'
import type { ResourceCounts } from '../../main/provisioning/cycles/subject-marks.ts'
import { isoTime } from '../../main/text/moment-text.ts'

const mostFailing = 100
const mostDrift = 100

function countsView({ seen, ...counts }: ResourceCounts) {
  return { checked: seen, ...counts }
}

/** A cycle as `status --json` shows it. */
function cycleView(cycle: Cycle, now: number) {
  const { kind, activity } = cycle
  const { counts } = activity
  return {
    id: activity.id,
    kind,
    startedAt: isoTime(activity.startedAt),
    endedAt: isoTime(activity.endedAt),
    inferred: true,
    phase: activity.phase,
    durationMs: durationOf(cycle, now),
    requests: activity.requests,
    notRecorded: activity.lost,
    users: countsView(counts.users),
    groups: countsView(counts.groups),
    members: { added: counts.membersAdded, removed: counts.membersRemoved },
    listed: { users: counts.listedUsers, groups: counts.listedGroups },
    failures: counts.failed,
    failuresByKind: counts.failures,
    deferred: counts.deferred,
    lastRequest: activity.lastExchange,
  }
}

function failingView(failing: FailingPerson) {
  const { who, noun, kind, status, scimType, answer, advice, attempts, isPast, lastExchange } = failing
  return {
    who,
    resource: noun,
    kind,
    status,
    scimType: scimType ?? null,
    answer,
    advice,
    firstFailedAt: isoTime(failing.firstAt),
    lastFailedAt: isoTime(failing.lastAt),
    attempts,
    nextRetryAt: isoTime(failing.nextRetryAt),
    isPast,
    request: lastExchange,
  }
}

function quarantineView({ quarantine }: IntegrationStatus) {
  if (quarantine === undefined) return null
  const { isSuspected, because, failures, operations, failingShare, failuresLeft, rule } = quarantine
  return { isSuspected, because, failures, operations, failingShare, failuresLeft, judgedFrom: rule.judgedFromFailures }
}

function mappingView(engine: Engine, slug: string) {
  const health = engine.provisioning.mappingHealth(slug)
  return {
    sent: health?.sent.map(({ path }) => path) ?? [],
    ignored: health?.ignored.map(({ path }) => path) ?? [],
    neverCame:
      health?.missing.filter(({ weight }) => weight !== 'optional').map(({ source, target }) => ({ source, target })) ??
      [],
    isConclusive: health?.isConclusive ?? false,
  }
}

function refusalsView(refusals: Refusals | undefined) {
  if (refusals === undefined) return null
  const { count, reason, since, lastAt } = refusals
  return { count, reason, since: isoTime(since), lastAt: isoTime(lastAt) }
}

function integrationView(engine: Engine, status: IntegrationStatus, now: number) {
  const { slug, name, idp, state, sentence, refusals, strangers, progress } = status
  return {
    slug,
    name,
    idp,
    state,
    hold: status.hold ?? null,
    sentence: withMoments(sentence, (at) => clockTime(at, now)),
    inferred: true,
    lastRequestAt: isoTime(status.lastRequestAt),
    nextExpectedAt: isoTime(status.nextExpectedAt),
    overdueSince: isoTime(status.overdueSince),
    progress: progress ?? null,
    refusals: refusalsView(refusals),
    strangers: refusalsView(strangers),
    quarantine: quarantineView(status),
    cycles: status.cycles.map((cycle) => cycleView(cycle, now)),
    failing: engine.provisioning.failing(slug).slice(0, mostFailing).map(failingView),
    repeatedUpdates: engine.provisioning.repeatedUpdates(slug).map((each) => ({
      ...each,
      since: isoTime(each.since),
      lastAt: isoTime(each.lastAt),
    })),
    mapping: mappingView(engine, slug),
    ownLog: status.ownLog ?? null,
  }
}

function driftView({ resource, id, name, attributes, lastActor, since }: Drift) {
  return { resource, id, name, attributes, lastActor, since: isoTime(since) }
}

/** Everything that `status --json` shows. */
export function statusView(engine: Engine, cycles: number, now: number) {
  return {
    integrations: engine.provisioning.status(cycles).map((status) => integrationView(engine, status, now)),
    drift: engine.reads.directories
      .all()
      .flatMap((directory) => engine.provisioning.drift(directory.id, mostDrift).map(driftView)),
  }
}
