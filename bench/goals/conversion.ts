import { setTimeout as pause } from 'node:timers/promises'
import { generatePeople } from '../../src/main/conversion/people.fixture.ts'
import { PEOPLE_SEED } from '../directories/people-directory.ts'
import { withServers, type Lab } from '../lab.ts'
import { listOf, memberOf, parseBody } from '../load/answer-body.ts'
import { forEachOnConnections } from '../load/for-each-on-connections.ts'
import { createKeyPicker } from '../load/key-picker.ts'
import { lookupRequest, type Target } from '../load/scim-request.ts'
import { median, pairedRatio } from '../load/statistics.ts'
import { measureWindow, type WindowResult } from '../load/window.ts'
import type { Commands } from '../servers/commands.ts'
import { untilQuiet } from '../servers/until-quiet.ts'
import { lookUpPerson, type TwoNames } from '../workloads/look-up-person.ts'
import { patchUser } from '../workloads/patch-user.ts'
import { rateText, wrongOf } from './compare-loads.ts'
import type { Goal, Part } from './goal.ts'

/** Longer windows than elsewhere: a 99th percentile needs requests to be taken from. */
const LONGER = 3
const CONNECTIONS = 4
const SAMPLE = 10_000
const LOOK_EVERY_MS = 1000
const OPTIONS = ['--include-scim']
const ENDED = new Set(['done', 'failed', 'cancelled'])

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

interface JobView {
  readonly id: number
  readonly state: string
  readonly done: number
}

async function newestJob(commands: Commands): Promise<JobView> {
  const jobs = await commands.run('jobs', 'list')
  const [newest]: readonly unknown[] = Array.isArray(jobs) ? jobs : []
  return {
    id: Number(memberOf(newest, 'id')),
    state: String(memberOf(newest, 'state')),
    done: Number(memberOf(newest, 'done')),
  }
}

async function untilRunning(commands: Commands): Promise<JobView> {
  for (;;) {
    const job = await newestJob(commands)
    if (job.state === 'running' && job.done > 0) return job
    if (ENDED.has(job.state)) throw new Error(`the conversion is ${job.state} before it was measured`)
    await pause(LOOK_EVERY_MS)
  }
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
    return withServers([server], async () => {
      const previewed = performance.now()
      const preview = await commands.run('user-ids', 'preview', ...OPTIONS)
      const previewSeconds = (performance.now() - previewed) / 1000
      const measure = () => requests(lab, server.target, converted, copy.seeded.ids)
      await measure()

      commands.follow('user-ids', 'convert', ...OPTIONS, '--yes')
      const { id } = await untilRunning(commands)
      const beside: Measured[] = []
      const alone: Measured[] = []
      let doneBeside = 0
      for (let round = 0; round < lab.scale.rounds; round++) {
        const before = await untilRunning(commands)
        beside.push(await measure())
        doneBeside += (await newestJob(commands)).done - before.done
        await commands.run('jobs', 'pause', String(id))
        await untilQuiet([server.pid])
        alone.push(await measure())
        await untilQuiet([server.pid])
        commands.follow('jobs', 'resume', String(id))
      }
      const before = await untilRunning(commands)
      const resumed = performance.now()
      const result = await untilEnd(commands, id)
      const seconds = (performance.now() - resumed) / 1000
      const counts = memberOf(result, 'counts')
      const wrong = [
        ...wrongOf([...beside, ...alone].flatMap((each) => [each.lookups, each.patches])),
        ...(await sampleLookups(server.target, converted)),
        ...(memberOf(counts, 'converted') === converted.length
          ? []
          : [`${String(memberOf(counts, 'converted'))} users were converted and not ${converted.length}`]),
      ]
      const rate = (count: number, over: number) => `${Math.round(count / over).toLocaleString('en')} users/s`
      const rates = `preview ${rate(Number(memberOf(preview, 'total')), previewSeconds)}; conversion ${rate(converted.length - before.done, seconds)} without requests, ${rate(doneBeside, lab.scale.rounds * lab.scale.seconds * LONGER)} beside them`
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
      return { parts: parts.map((part) => ({ ...part, scale: `${part.scale}; ${rates}` })), wrong }
    })
  },
}

async function untilEnd(commands: Commands, id: number): Promise<unknown> {
  for (;;) {
    const jobs = await commands.run('jobs', 'list')
    const job = (Array.isArray(jobs) ? jobs : []).find((each: unknown) => memberOf(each, 'id') === id)
    if (ENDED.has(String(memberOf(job, 'state')))) return job
    await pause(LOOK_EVERY_MS)
  }
}
