import { countedWords, kindWords } from '../../provisioning/status/counted-words.ts'
import { durationOf, type Cycle } from '../../provisioning/cycles/cycle.ts'
import type { IntegrationStatus } from '../../provisioning/status/integration-status.ts'
import type { FailingPerson } from '../../provisioning/provisioning.ts'
import { spokenDuration } from '../../provisioning/status/spoken-time.ts'
import type { Condition } from '../condition.ts'
import { oneLine } from '../plain-text.ts'

const named = 10

function failureWords(cycle: Cycle): string {
  const kinds = Object.entries(cycle.activity.counts.failures).filter(([, count]) => count > 0)
  return kinds.map(([kind, count]) => `${count} ${kind.replaceAll('-', ' ')}`).join(', ')
}

/** A name, and an answer that quotes one, is what an IdP sent: a line of its own in it could pass for one of ours. */
function personLine({ who, answer, advice }: FailingPerson): string {
  return `${oneLine(who)}: ${oneLine(answer, 1000)}\n${advice}`
}

/** What is told of a cycle in which requests failed: one message for all of them. */
export function cycleFailures(
  status: IntegrationStatus,
  cycle: Cycle,
  failing: readonly FailingPerson[],
  now: number,
): Condition {
  const { slug, name, idpName } = status
  const { activity, kind } = cycle
  const { failed } = activity.counts
  const ofCycle = failing.filter((each) => each.lastActivity === activity.id)
  const more = ofCycle.length - named
  return {
    rule: 'cycle-failures',
    subject: slug,
    level: String(activity.id),
    integration: { slug, name },
    title: `${failed} ${failed === 1 ? 'request' : 'requests'} of ${idpName} for ${name} failed`,
    lines: [
      `${kindWords(kind)} of ${spokenDuration(durationOf(cycle, now))}: ${countedWords(kind, activity.counts)} (${failureWords(cycle)}).`,
      ...ofCycle.slice(0, named).map(personLine),
      ...(more > 0 ? [`And ${more} more: rollcall status --json`] : []),
    ],
    facts: {
      cycle: activity.id,
      kind,
      inferred: true,
      startedAt: new Date(activity.startedAt).toISOString(),
      failed,
      failures: activity.counts.failures,
      people: ofCycle.slice(0, named).map(({ who, status: answered, answer }) => ({ who, status: answered, answer })),
    },
    over: `Nobody fails any more in ${name}`,
  }
}
