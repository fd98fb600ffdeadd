import type { RequestTerm } from '../../contract/request-filter.ts'
import type { Failing, IntegrationStatus } from '../../contract/provisioning.ts'
import type { FailingPerson } from '../provisioning/provisioning.ts'
import { api } from './api.ts'
import { creditWindow } from './streams/credit-window.ts'
import { integrationRowOf } from './views/integration-view.ts'
import { NotFound } from './problems/not-found.ts'
import { pause } from './streams/pause.ts'
import { cycleView, statusViewOf, statusViews } from './views/provisioning-view.ts'

/** How often is looked whether a status has changed, in ms. */
const lookEveryMs = 1000
const mostDrift = 200

function failingView(failing: FailingPerson): Failing {
  const { noun, key, who, kind, status, scimType, answer, advice, attempts, isHeld, isPast } = failing
  return {
    resource: noun,
    id: key.startsWith('name:') ? null : key,
    who,
    kind,
    status,
    scimType: scimType ?? null,
    answer,
    advice,
    firstAt: failing.firstAt,
    lastAt: failing.lastAt,
    attempts,
    nextRetryAt: failing.nextRetryAt ?? null,
    isHeld,
    isPast,
    request: failing.lastExchange,
  }
}

/** The filter that finds the requests of an integration from one number to another. */
function rangeFilter(slug: string, first: number, last: number): RequestTerm[] {
  return [
    { field: 'integration', value: slug, isExcluded: false },
    { field: 'id', value: `${first}..${last}`, isExcluded: false },
  ]
}

export const provisioning = {
  list: api.provisioning.list.handler(({ context: { parts } }) => [...statusViews(parts.engine)]),
  get: api.provisioning.get.handler(({ input, context: { parts } }) => statusViewOf(parts.engine, input.slug)),
  watch: api.provisioning.watch.handler(async function* ({ input, signal, context: { parts } }) {
    let told = ''
    yield* creditWindow<IntegrationStatus[]>({
      subscription: input.subscription,
      signal,
      from: 0,
      read(position) {
        const item = [...statusViews(parts.engine)]
        // How long something has been running changes all the time; the sentence tells it.
        const text = JSON.stringify(item, (name, value: unknown) => (name === 'durationMs' ? undefined : value))
        if (text === told) return Promise.resolve({ items: [], position, dropped: 0 })
        told = text
        return Promise.resolve({ items: [item], position: position + 1, dropped: 0 })
      },
      untilNews: (ended) => pause(lookEveryMs, ended),
    })
  }),
  cycles: api.provisioning.cycles.handler(({ input, context: { parts } }) => {
    const { engine } = parts
    integrationRowOf(engine, input.slug)
    const found = engine.provisioning.cycles(input.slug, input.limit, input.before ?? undefined)
    const now = engine.clock()
    return {
      items: found.map((each) => cycleView(each, now)),
      next: found.length < input.limit ? null : (found.at(-1)?.activity.id ?? null),
    }
  }),
  cycle: api.provisioning.cycle.handler(({ input, context: { parts } }) => {
    const { engine } = parts
    integrationRowOf(engine, input.slug)
    const cycle =
      input.id === 'newest'
        ? engine.provisioning.cycles(input.slug, 1)[0]
        : engine.provisioning.cycle(input.slug, input.id)
    if (!cycle) throw new NotFound(`No cycle of this integration began with request ${input.id}.`)
    const [earlier] = engine.provisioning.cycles(input.slug, 1, cycle.activity.id)
    return {
      cycle: cycleView(cycle, engine.clock()),
      filter: rangeFilter(input.slug, cycle.activity.id, cycle.activity.lastExchange),
      earlier: earlier?.activity.id ?? null,
    }
  }),
  failing: api.provisioning.failing.handler(({ input, context: { parts } }) => {
    const { engine } = parts
    integrationRowOf(engine, input.slug)
    const all = engine.provisioning.failing(input.slug)
    const from = (input.page - 1) * input.pageSize
    return {
      items: all.slice(from, from + input.pageSize).map(failingView),
      total: all.length,
      present: all.filter((each) => !each.isPast).length,
    }
  }),
  repeatedUpdates: api.provisioning.repeatedUpdates.handler(({ input, context: { parts } }) => {
    integrationRowOf(parts.engine, input.slug)
    return parts.engine.provisioning.repeatedUpdates(input.slug).map((each) => ({
      resource: each.noun,
      path: each.path,
      sentence: each.sentence,
      resources: each.resources,
      times: each.times,
      since: each.since,
      lastAt: each.lastAt,
      examples: each.examples.map(({ resourceId, exchange }) => ({ resourceId, request: exchange })),
    }))
  }),
  mapping: api.provisioning.mapping.handler(({ input, context: { parts } }) => {
    const health = parts.engine.provisioning.mappingHealth(input.slug)
    if (!health) throw new NotFound(`There is no integration "${input.slug}".`)
    return {
      sent: health.sent.map((each) => ({
        resource: each.noun,
        path: each.path,
        firstAt: each.firstAt,
        lastAt: each.lastAt,
        isIgnored: health.ignored.includes(each),
      })),
      missing: health.missing.map(({ resource, source, target, weight }) => ({ resource, source, target, weight })),
      isConclusive: health.isConclusive,
    }
  }),
  drift: api.provisioning.drift.handler(({ input, context: { parts } }) => {
    const row = integrationRowOf(parts.engine, input.slug)
    return parts.engine.provisioning
      .drift(row.directory_id, mostDrift)
      .filter((each) => each.integrationId === row.id)
      .map(({ resource, id, name, attributes, since, lastActor }) => ({
        resource,
        id,
        name,
        attributes: attributes.map((each) => ({ ...each })),
        since,
        lastActor,
      }))
  }),
  setExpectedUsers: api.provisioning.setExpectedUsers.handler(async ({ input, context: { parts } }) => {
    integrationRowOf(parts.engine, input.slug)
    await parts.engine.administer('set-expected-users', { slug: input.slug, users: input.users ?? undefined })
    return { expectedUsers: input.users }
  }),
}
