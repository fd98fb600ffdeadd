import { lastBackupSetting } from '../administration/backup-runs.ts'
import { rotationDays } from '../known-settings.ts'
import type { IntegrationStatus } from '../provisioning/status/integration-status.ts'
import type { Provisioning } from '../provisioning/provisioning.ts'
import type { AlertRow } from '../store/notify/alerts.ts'
import type { StoreReads } from '../store/store-reads.ts'
import type { Condition } from './condition.ts'
import { cycleFailures } from './conditions/cycle-failures.ts'
import { finishedJob } from './conditions/finished-jobs.ts'
import { badToken, quarantine, silence } from './conditions/integration-conditions.ts'
import {
  backupFailed,
  certificateDue,
  endpointDown,
  publicCertificate,
  type EndpointHealth,
} from './conditions/machine-conditions.ts'
import { tokenDue } from './conditions/token-due.ts'
import { cyclesMark } from './cycles-mark.ts'
import { integrationOfAlert } from './integration-of-alert.ts'
import { messagesOf, type Channels } from './messages.ts'
import type { Notification } from './notification.ts'
import { ruleOf, type NotifySettings } from './notify-settings.ts'
import { ending, raising, reconcile, type AlertChange } from './reconcile.ts'
import type { RuleId } from './rule.ts'
import type { TellChange } from './tell-change.ts'
import { welcomeNewcomers } from './welcome/welcome-newcomers.ts'

/** What is looked at. */
export interface Watched {
  readonly reads: StoreReads
  readonly provisioning: Provisioning
  readonly settings: NotifySettings
  readonly channels: Channels
  /** Undefined where there is no public URL, or it was never reached. */
  readonly health: EndpointHealth | undefined
  /** The public URL while it has not been reached since the start. */
  readonly awaitedUrl: string | undefined
  readonly certificates: readonly { readonly subject: string; readonly name: string; readonly validTo: number }[]
}

const cyclesAtOnce = 100
const jobsAtOnce = 100
const jobsMark = 'jobs'
const failures: RuleId = 'cycle-failures'

function conditionsOf(
  { reads, health, certificates }: Watched,
  statuses: readonly IntegrationStatus[],
  now: number,
): readonly Condition[] {
  const active = statuses.filter((each) => each.state !== 'paused')
  const tokens = reads.integrations.all().flatMap((integration) =>
    reads.tokens
      .ofIntegration(integration.id)
      .filter((token) => token.state === 'active')
      .map((token) => tokenDue(integration, token, rotationDays(reads), now)),
  )
  return [
    ...active.flatMap((status) => [badToken(status), silence(status, now), quarantine(status)]),
    ...tokens,
    ...certificates.map((each) => certificateDue(each, now)),
    health && endpointDown(health, now),
    backupFailed(reads.settings.get(lastBackupSetting)),
  ].filter((each) => each !== undefined)
}

/** An alert about an integration that is paused, switched off or deleted, or about an endpoint that is no longer watched: whether it is over is not known. */
function isUnknown(alert: AlertRow, { reads, health, certificates }: Watched): boolean {
  switch (alert.rule) {
    case 'bad-token':
    case 'silence':
    case 'quarantine': {
      const integration = reads.integrations.bySlug(alert.subject)
      return integration === undefined || integration.enabled === 0 || integration.paused_at !== null
    }
    case 'token-due':
      return reads.integrations.bySlug(integrationOfAlert(alert) ?? '') === undefined
    case 'endpoint-down':
      return health?.url !== alert.subject
    case 'certificate-due':
      return !certificates.some((each) => each.subject === alert.subject)
    default:
      return false
  }
}

/** Somebody was silent, and is waited for anew since none could get in for a while: nothing has come yet, so the silence is not over. */
function isStillSilent(alert: AlertRow, statuses: readonly IntegrationStatus[]): boolean {
  if (alert.rule !== 'silence') return false
  const status = statuses.find((each) => each.slug === alert.subject)
  if (status === undefined || status.hold !== undefined || status.overdueSince !== undefined) return false
  return (status.lastAcceptedAt ?? 0) < alert.raised_at
}

/** About the public URL, of which nothing is known yet: what was told before a restart is not told again, and is over once that is seen. */
function isNotSeenYet(alert: AlertRow, awaitedUrl: string | undefined): boolean {
  if (awaitedUrl === undefined) return false
  if (alert.rule === 'endpoint-down') return alert.subject === awaitedUrl
  return alert.rule === 'certificate-due' && alert.subject === publicCertificate
}

/** Of each cycle that is over, one message with all that failed in it; and one when nobody fails any more. */
function cycleChanges(
  { reads, provisioning }: Watched,
  status: IntegrationStatus,
  now: number,
): { readonly alerts: readonly AlertChange[]; readonly marks: readonly TellChange[] } {
  const name = cyclesMark(status.id)
  const mark = reads.alerts.mark(name)
  const newest = status.cycles[0]?.activity.id
  // What was over before anybody looked is no news.
  if (mark === undefined) return { alerts: [], marks: [{ kind: 'mark', name, value: newest ?? 0 }] }
  // Whoever deletes the journal's file makes its numbers begin anew.
  if (newest !== undefined && newest < mark)
    return { alerts: [], marks: [{ kind: 'mark', name, value: newest, isReset: true }] }
  const cycles = provisioning.settledCycles(status.slug, mark, cyclesAtOnce)
  const last = cycles.at(-1)
  if (last === undefined) return { alerts: [], marks: [] }
  const failing = provisioning.failing(status.slug)
  const raised = cycles
    .filter((cycle) => cycle.activity.counts.failed > 0)
    .map((cycle) => raising(cycleFailures(status, cycle, failing, now), now))
  const standing = reads.alerts.one(failures, status.slug)
  const isOver = standing !== undefined && raised.length === 0 && failing.every((each) => each.isPast)
  return {
    alerts: isOver ? [ending(standing, failures, { slug: status.slug, name: status.name }, now)] : raised,
    marks: [{ kind: 'mark', name, value: last.activity.id }],
  }
}

/** Of each job that has ended, one message. */
function jobChanges({ reads, settings, channels }: Watched, now: number): readonly TellChange[] {
  const mark = reads.alerts.mark(jobsMark)
  // What had ended before anybody looked is no news.
  if (mark === undefined) return [{ kind: 'mark', name: jobsMark, value: now }]
  const rows = reads.jobs.endedAfter(mark, jobsAtOnce)
  const last = rows.at(-1)
  if (last === undefined) return []
  const messages = rows.flatMap((row) => messagesOf(finishedJob(row, row.ended_at), settings, channels, now))
  return [
    { kind: 'queue', messages },
    { kind: 'mark', name: jobsMark, value: last.ended_at },
  ]
}

/** What is to be told and remembered at a moment. Nothing is changed; the writer carries it out. */
export function evaluate(watched: Watched, now: number): readonly TellChange[] {
  const { reads, settings, channels } = watched
  const isOn = (rule: RuleId) => ruleOf(settings, rule)?.isEnabled === true
  const statuses = watched.provisioning.status(1)
  const conditions = conditionsOf(watched, statuses, now).filter((each) => isOn(each.rule))
  const standing = reads.alerts
    .all()
    .filter(
      (alert) => alert.rule !== failures && !isStillSilent(alert, statuses) && !isNotSeenYet(alert, watched.awaitedUrl),
    )
  const cycles = statuses.map((status) => cycleChanges(watched, status, now))

  function integrationOf(alert: AlertRow): Notification['integration'] {
    const status = statuses.find((each) => each.slug === integrationOfAlert(alert))
    return status && { slug: status.slug, name: status.name }
  }

  function told(change: AlertChange): TellChange {
    const { notification } = change
    const messages = notification === undefined ? [] : messagesOf(notification, settings, channels, now)
    return change.kind === 'raise'
      ? { kind: 'raise', alert: change.alert, messages }
      : { kind: 'end', rule: change.rule, subject: change.subject, messages }
  }

  return [
    ...reconcile(standing, conditions, (alert) => isUnknown(alert, watched), integrationOf, now).map(told),
    ...cycles.flatMap((each) => [...each.alerts.map(told), ...each.marks]),
    ...jobChanges(watched, now),
    ...(channels.hasMail ? welcomeNewcomers(reads, now) : []),
  ]
}
