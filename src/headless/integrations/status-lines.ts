import { styleText } from 'node:util'
import { unreachable } from '../../scim/unreachable.ts'
import type { Engine } from '../../main/engine.ts'
import { countedWords, kindWords } from '../../main/provisioning/status/counted-words.ts'
import { durationOf } from '../../main/provisioning/cycles/cycle.ts'
import { withMoments } from '../../contract/spoken-moment.ts'
import { clockTime } from '../../main/provisioning/status/spoken-time.ts'
import type { IntegrationStatus } from '../../main/provisioning/status/integration-status.ts'
import { spokenDuration } from '../../main/provisioning/status/spoken-time.ts'
import { amount } from '../../main/text/amount.ts'
import { absoluteTime, relativeTime } from '../../main/text/moment-text.ts'
import { printable } from '../terminal/printable.ts'
import { tableLines } from '../terminal/table.ts'

const mostNamed = 5

/** Never a colour alone: sign and word say the same. */
function stateWord({ state, failing }: Pick<IntegrationStatus, 'state' | 'failing'>): string {
  switch (state) {
    case 'healthy':
      return failing.users + failing.groups > 0 ? styleText('yellow', '▲ some fail') : styleText('green', '● healthy')
    case 'degraded':
      return styleText('red', '▲ degraded')
    case 'silent':
      return styleText('yellow', '▲ silent')
    case 'stopped':
      return styleText('red', '■ stopped')
    case 'paused':
      return styleText('yellow', '‖ paused')
    case 'waiting':
      return styleText('blue', '○ waiting')
    case 'not set up':
      return styleText('blue', '○ not set up')
    default:
      return unreachable(state)
  }
}

function bar(done: number, total: number): string {
  const width = 24
  const full = total === 0 ? 0 : Math.round((width * Math.min(done, total)) / total)
  return `${'█'.repeat(full)}${'░'.repeat(width - full)}`
}

function progressLines({ progress }: IntegrationStatus): readonly string[] {
  if (progress === undefined) return []
  const { done, total, source } = progress
  return [`  ${bar(done, total)} ${done.toLocaleString('en')} of ${total.toLocaleString('en')} users (${source})`]
}

function quarantineLines({ quarantine, idpName }: IntegrationStatus): readonly string[] {
  if (quarantine === undefined) return []
  const { isSuspected, because, failures, rule } = quarantine
  if (isSuspected) return [`  ${styleText('red', '!')} Quarantine suspected. ${because.join(' ')}`]
  if (failures === 0) return []
  return [
    `  ${amount(failures, 'failure')} in the cycle; ${idpName} judges from ${rule.judgedFromFailures.toLocaleString('en')} on, or when most requests fail.`,
  ]
}

function failingLines(engine: Engine, slug: string, now: number): readonly string[] {
  const failing = engine.provisioning.failing(slug).filter((each) => !each.isPast)
  const lines = failing.slice(0, mostNamed).flatMap((each) => {
    const { nextRetryAt: due } = each
    const retry =
      due === undefined ? '' : `, ${due < now ? 'a retry was due' : 'tried again'} ${relativeTime(due, now)}`
    return [
      `  ${styleText('red', '✗')} ${printable(each.who)}: ${printable(each.answer)} (${relativeTime(each.lastAt, now)}${retry})`,
      `    ${each.advice}`,
    ]
  })
  return failing.length > mostNamed ? [...lines, `    and ${failing.length - mostNamed} more: --json`] : lines
}

function mappingLines(engine: Engine, slug: string): readonly string[] {
  const repeated = engine.provisioning.repeatedUpdates(slug).slice(0, mostNamed)
  const ignored = engine.provisioning.mappingHealth(slug)?.ignored ?? []
  return [
    ...repeated.map(
      (each) =>
        `  ! Set again in ${each.times} cycles for ${amount(each.resources, 'record')}: ${printable(each.sentence)}`,
    ),
    ...(ignored.length === 0
      ? []
      : [
          `  Ignored, since no schema knows them: ${ignored
            .slice(0, 10)
            .map(({ path }) => printable(path))
            .join(', ')}`,
        ]),
  ]
}

function cycleLines({ cycles }: IntegrationStatus, now: number): readonly string[] {
  if (cycles.length === 0) return []
  const rows = cycles.map((cycle) => [
    absoluteTime(cycle.activity.startedAt),
    `${kindWords(cycle.kind)}${cycle.activity.endedAt === null ? ', running' : ''}`,
    spokenDuration(durationOf(cycle, now)),
    countedWords(cycle.kind, cycle.activity.counts),
  ])
  return tableLines(
    ['  STARTED', 'KIND', 'TOOK', 'RESULT'],
    rows.map(([first = '', ...rest]) => [`  ${first}`, ...rest]),
  )
}

/** The status of every integration, for a person. */
export function statusLines(engine: Engine, cycles: number, now: number): readonly string[] {
  const statuses = engine.provisioning.status(cycles)
  if (statuses.length === 0)
    return ['No integrations yet. Create one: rollcall integrations create --name "Entra ID" --idp entra']
  const lines = statuses.flatMap((status) => [
    `${stateWord(status)}  ${styleText('bold', printable(status.name))} (${status.slug})`,
    `  ${printable(withMoments(status.sentence, (at) => clockTime(at, now)))}`,
    ...progressLines(status),
    ...quarantineLines(status),
    ...failingLines(engine, status.slug, now),
    ...mappingLines(engine, status.slug),
    ...cycleLines(status, now),
    '',
  ])
  const drift = engine.reads.directories
    .all()
    .reduce((sum, directory) => sum + engine.provisioning.drift(directory.id, 1000).length, 0)
  const drifted =
    drift === 0 ? [] : [`${amount(drift, 'record')} edited by hand since the identity provider wrote: --json`]
  return [...lines, ...drifted, 'Inferred from requests; the identity provider has its own log.']
}
