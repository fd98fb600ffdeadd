import type { Activity, ActivityCounts, Phase } from './activity.ts'
import { failureKindOf } from '../failures/failure-kind.ts'
import { recount } from './subject-marks.ts'
import { isFailure, type ListedPage, type TrackedExchange } from './tracked-exchange.ts'

/** What has been done in an activity about each user and group; see subject-ledger.ts. */
export interface SubjectMemory {
  /** Bits of `marks`; 0 for somebody not seen yet. */
  bitsOf(activityId: number, subject: number): number
}

/** What the ledger is to remember. */
export interface SubjectMark {
  readonly activityId: number
  readonly subject: number
  readonly bits: number
}

/** Which of the two somebody is, and who: one number for the ledger. */
export type SubjectNumber = (noun: 'user' | 'group', key: string) => number

const managerChange = /^(?:set|remove) manager/

function phaseOf(exchange: TrackedExchange): Phase | undefined {
  if (exchange.role === 'reference' || exchange.role === 'membership') return 'references'
  if (exchange.role === 'change' && managerChange.test(exchange.record.classification)) return 'references'
  if (exchange.noun === undefined) return undefined
  return exchange.noun === 'user' ? 'users' : 'groups'
}

function isOrdinary({ role }: TrackedExchange): boolean {
  return role !== 'probe' && role !== 'test' && role !== 'discovery' && role !== 'deferral'
}

function withFailure(counts: ActivityCounts, exchange: TrackedExchange): ActivityCounts {
  const { failure } = exchange
  if (failure === undefined) return counts
  return {
    ...counts,
    failed: counts.failed + 1,
    failures: { ...counts.failures, [failure]: counts.failures[failure] + 1 },
  }
}

function withBulkFailures(counts: ActivityCounts, exchange: TrackedExchange): ActivityCounts {
  if (exchange.role !== 'bulk') return counts
  const failed = exchange.effects.filter((each) => isFailure(each))
  const others = Math.max(0, exchange.effects.length - 1)
  const failures = { ...counts.failures }
  for (const { operation } of failed) failures[failureKindOf(operation?.status ?? exchange.status)] += 1
  return { ...counts, operations: counts.operations + others, failed: counts.failed + failed.length, failures }
}

/** How far a list has been read by one more page. Pages by cursor follow one another. */
function listedWith(before: number, { startIndex, count, total }: ListedPage): number {
  if (count === 0) return before
  const from = startIndex === undefined ? before : startIndex - 1
  return Math.max(before, Math.min(from + count, total))
}

function counted(counts: ActivityCounts, exchange: TrackedExchange): ActivityCounts {
  const { noun, page } = exchange
  const isOperation = exchange.isWrite || exchange.failure !== undefined
  // Most requests are reads, which change none of these.
  if (!isOperation && exchange.role !== 'deferral' && page === undefined) return counts
  const next: ActivityCounts = {
    ...counts,
    membersAdded: counts.membersAdded + exchange.membersAdded,
    membersRemoved: counts.membersRemoved + exchange.membersRemoved,
    operations: counts.operations + (isOperation ? 1 : 0),
    deferred: counts.deferred + (exchange.role === 'deferral' ? 1 : 0),
    listedUsers: page && noun === 'user' ? listedWith(counts.listedUsers, page) : counts.listedUsers,
    listedGroups: page && noun === 'group' ? listedWith(counts.listedGroups, page) : counts.listedGroups,
  }
  return withBulkFailures(withFailure(next, exchange), exchange)
}

/** Counts an exchange into its activity. */
export function countExchange(
  activity: Activity,
  exchange: TrackedExchange,
  memory: SubjectMemory,
  numberOf: SubjectNumber,
): { readonly activity: Activity; readonly marks: readonly SubjectMark[] } {
  const isProbe = exchange.role === 'probe'
  const ordinary = isOrdinary(exchange)
  let counts = counted(activity.counts, exchange)
  let { filterMatches } = activity
  const marks: SubjectMark[] = []
  for (const { noun, key, bits } of exchange.effects) {
    const subject = numberOf(noun, key)
    const before = marks.findLast((each) => each.subject === subject)?.bits ?? memory.bitsOf(activity.id, subject)
    const after = before | bits
    if (after === before) continue
    counts =
      noun === 'user'
        ? { ...counts, users: recount(counts.users, before, after) }
        : { ...counts, groups: recount(counts.groups, before, after) }
    if (exchange.isMatch && noun === 'user' && before === 0) filterMatches += 1
    marks.push({ activityId: activity.id, subject, bits: after })
  }
  return {
    // Written out, since copying an object of so many fields and then changing half of them takes three times as long.
    activity: {
      id: activity.id,
      lane: activity.lane,
      // Requests are recorded when they are answered, so that their arrivals may be a little out of order.
      startedAt: Math.min(activity.startedAt, exchange.at),
      lastAt: Math.max(activity.lastAt, exchange.at),
      lastExchange: Math.max(activity.lastExchange, exchange.id),
      endedAt: activity.endedAt,
      isOnGrid: activity.isOnGrid,
      requests: activity.requests + 1,
      probes: activity.probes + (isProbe ? 1 : 0),
      ordinary: activity.ordinary + (ordinary ? 1 : 0),
      lastOrdinaryAt: ordinary ? Math.max(activity.lastOrdinaryAt, exchange.at) : activity.lastOrdinaryAt,
      phase: phaseOf(exchange) ?? activity.phase,
      lastWasMembership: ordinary ? exchange.role === 'membership' : activity.lastWasMembership,
      filterMatches,
      lost: activity.lost,
      candidate: activity.candidate,
      counts,
    },
    marks,
  }
}
