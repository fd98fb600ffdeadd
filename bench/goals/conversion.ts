import { generatePeople } from '../../src/main/conversion/people.fixture.ts'
import { PEOPLE_SEED } from '../directories/people-directory.ts'
import { withServers, type Lab } from '../lab.ts'
import { listOf, memberOf, parseBody } from '../load/answer-body.ts'
import { forEachOnConnections } from '../load/for-each-on-connections.ts'
import { createKeyPicker } from '../load/key-picker.ts'
import { lookupRequest, type Target } from '../load/scim-request.ts'
import { median, pairedRatio } from '../load/statistics.ts'
import { measureWindow, type WindowResult } from '../load/window.ts'
import { untilQuiet } from '../servers/until-quiet.ts'
import { hasEnded, watchJob } from '../servers/watched-job.ts'
import { lookUpPerson, type TwoNames } from '../workloads/look-up-person.ts'
import { patchUser } from '../workloads/patch-user.ts'
import { rateText, wrongOf } from './compare-loads.ts'
import type { Goal, Part } from './goal.ts'

/** Longer windows than elsewhere: a 99th percentile needs requests to be taken from. */
const LONGER = 3
const CONNECTIONS = 4
const SAMPLE = 10_000
const MS = 1000
const OPTIONS = ['--include-scim']

interface Measured {
  readonly lookups: WindowResult
  readonly patches: WindowResult
}

/** Lookups and PATCHes at full speed, at the same time. */
async function requests(
  lab: Lab,
  target: Target,
  people: readonly TwoNames[],
  ids: readonly string[],
): Promise<Measured> {
  const load = { target, connections: CONNECTIONS, seconds: lab.scale.seconds * LONGER }
  const [lookups, patches] = await Promise.all([
    measureWindow({ ...load, workload: lookUpPerson(people) }),
    measureWindow({ ...load, workload: patchUser(ids) }),
  ])
  return { lookups, patches }
}

/** Looks converted people up by their addresses; returns what was not found once. */
async function sampleLookups(target: Target, people: readonly TwoNames[]): Promise<readonly string[]> {
  const pick = createKeyPicker(PEOPLE_SEED)
  const sample = Array.from({ length: Math.min(SAMPLE, people.length) }, () => people[pick(people.length)])
  const wrong: string[] = []
  await forEachOnConnections(target, CONNECTIONS, sample, async (connection, person) => {
    const list = parseBody(await connection.exchange(lookupRequest(target, person?.after ?? '')))
    const [found] = listOf(list, 'Resources')
    if (memberOf(list, 'totalResults') !== 1 || memberOf(found, 'userName') !== person?.after)
      wrong.push(`a lookup of a converted user found ${String(memberOf(list, 'totalResults'))}`)
  })
  return [...new Set(wrong)]
}

function latencyParts(name: string, beside: readonly WindowResult[], alone: readonly WindowResult[]): readonly Part[] {
  const [p99, p99Alone] = [beside.map((each) => each.p99Ms), alone.map((each) => each.p99Ms)]
  const slowest = Math.max(...beside.map((each) => each.slowestMs))
  return [
    {
      label: `p99 of ${name} beside the conversion`,
      limit: { bound: 'at most', value: 2, unit: 'times' },
      value: pairedRatio(p99, p99Alone),
      scale: `${median(p99).toFixed(2)} ms, alone ${median(p99Alone).toFixed(2)} ms; ${rateText(beside)}, alone ${rateText(alone)}`,
    },
    {
      label: `slowest of ${name} beside the conversion`,
      limit: { bound: 'at most', value: 250, unit: 'milliseconds' },
      value: slowest,
      scale: `alone ${Math.max(...alone.map((each) => each.slowestMs)).toFixed(0)} ms`,
    },
  ]
}

export const conversionBesideRequests: Goal = {
  id: 'G20',
  subject: 'user IDs of 1,000,000 users converted while lookups and PATCHes (4 connections each) run at full speed',
  target: 'p99 ≤ 2 times that without, none over 250 ms',
  async measure(lab) {
    const users = lab.scale.huge
    const copy = await lab.peopleOf(users)
    const converted: TwoNames[] = []
    for (const { userName, address, fate } of generatePeople(users, PEOPLE_SEED))
      if (fate === 'converts') converted.push({ before: userName, after: address })
    const server = await lab.serve(copy)
    const commands = lab.commands(copy)
    const job = watchJob(copy.dataDirectory)
    return withServers([server], async () => {
      const previewed = performance.now()
      const preview = await commands.run('user-ids', 'preview', ...OPTIONS)
      const previewSeconds = (performance.now() - previewed) / MS
      const measure = () => requests(lab, server.target, converted, copy.seeded.ids)
      await measure()

      commands.follow('user-ids', 'convert', ...OPTIONS, '--yes')
      const beside: Measured[] = []
      const alone: Measured[] = []
      let doneBeside = 0
      for (let round = 0; round < lab.scale.rounds; round++) {
        const before = await job.untilRunning()
        if (hasEnded(before)) break
        beside.push(await measure())
        doneBeside += (job.now()?.done ?? 0) - before.done
        await commands.run('jobs', 'pause', String(before.id)).catch(() => undefined) // it may have ended just now
        await untilQuiet([server.pid])
        alone.push(await measure())
        await untilQuiet([server.pid])
        if (job.now()?.state === 'paused') commands.follow('jobs', 'resume', String(before.id))
      }
      const before = await job.untilRunning()
      const resumed = performance.now()
      const { state, done, counts } = await job.untilEnd()
      const seconds = (performance.now() - resumed) / MS
      const wrong = [
        ...wrongOf([...beside, ...alone].flatMap((each) => [each.lookups, each.patches])),
        ...(await sampleLookups(server.target, converted)),
        ...(state === 'done' && memberOf(counts, 'converted') === converted.length
          ? []
          : [
              `the conversion is ${state}, with ${String(memberOf(counts, 'converted'))} users and not ${converted.length}`,
            ]),
      ]
      const rates = [
        `preview ${rateOf(Number(memberOf(preview, 'total')), previewSeconds)}`,
        `conversion ${rateOf(done - before.done, seconds)} without requests`,
        `${rateOf(doneBeside, beside.length * lab.scale.seconds * LONGER)} beside them`,
      ]
      const parts = [
        ...latencyParts(
          'lookups',
          beside.map((each) => each.lookups),
          alone.map((each) => each.lookups),
        ),
        ...latencyParts(
          'PATCHes',
          beside.map((each) => each.patches),
          alone.map((each) => each.patches),
        ),
      ]
      return { parts: parts.map((part) => ({ ...part, scale: [part.scale, ...rates].join('; ') })), wrong }
    })
  },
}

function rateOf(count: number, seconds: number): string {
  return `${Math.round(count / seconds).toLocaleString('en')} users/s`
}
