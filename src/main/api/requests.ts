import { parseRequestFilter } from '../../contract/request-filter.ts'
import type { Request } from '../../contract/requests.ts'
import { explainingIdp } from '../../idp/catalogue.ts'
import { Refusal } from '../administration/refusal.ts'
import { savedRequestFilters } from '../administration/integrations/request-filters.ts'
import type { Engine } from '../engine.ts'
import { curlCommand } from '../journal/export/curl-command.ts'
import type { JournalDetail } from '../journal/journal-entry.ts'
import { defaultJournalSettings } from '../journal/journal-settings.ts'
import { journalSettingsOf } from '../known-settings.ts'
import { api } from './api.ts'
import { creditWindow } from './streams/credit-window.ts'
import { giveFile } from './streams/give-file.ts'
import { NotFound } from './problems/not-found.ts'
import { pause } from './streams/pause.ts'
import { requestChangeView } from './views/request-change-view.ts'
import { explanationOf } from './views/request-explanation.ts'
import { requestFile } from './request-file.ts'
import { replayRequest } from './request-replay.ts'
import { namesIn } from './rosters/resource-names.ts'
import { endpointStatus } from './system.ts'

/** How often is looked for new requests, in ms. */
const lookEveryMs = 150
const batchSize = 250
/** Whoever is more rows behind than this is taken ahead. */
const mostBehind = 5000

const gone = 'The log does not have this request any more.'

/** Throws `NotFound`. */
async function entryOf({ consoleReads }: Engine, id: number): Promise<JournalDetail> {
  const detail = await consoleReads.ask('request-detail', { id })
  if (!detail) throw new NotFound(gone)
  return detail
}

export const requests = {
  page: api.requests.page.handler(({ input, signal, context: { parts } }) =>
    parts.engine.consoleReads
      .ask('request-page', { ...input, now: parts.engine.clock() }, signal)
      .then(({ items, next }) => ({ items: [...items], next })),
  ),
  count: api.requests.count.handler(({ input, signal, context: { parts } }) =>
    parts.engine.consoleReads.ask('request-count', { ...input, now: parts.engine.clock() }, signal),
  ),
  sorted: api.requests.sorted.handler(({ input, signal, context: { parts } }) =>
    parts.engine.consoleReads
      .ask('requests-sorted', { ...input, now: parts.engine.clock() }, signal)
      .then(({ items, total, isAll }) => ({ items: [...items], total, isAll })),
  ),
  get: api.requests.get.handler(async ({ input, context: { parts } }) => {
    const { engine } = parts
    const found = await engine.consoleReads.ask('request', input)
    if (!found)
      throw new NotFound(`There is no request "${input.id}" in the log. It may be older than what the log keeps.`)
    const { scimType, ...detail } = found
    const { status, endpoint, method, integration, content } = detail
    const codes = content?.trace.map(({ code }) => code) ?? []
    const configured = integration === null ? undefined : engine.reads.integrations.bySlug(integration)?.idp
    return {
      ...detail,
      explanation: explanationOf({
        status,
        scimType,
        codes,
        endpoint,
        method,
        idp: explainingIdp(configured, detail.idp),
      }),
    }
  }),
  body: api.requests.body.handler(async ({ input, context: { parts } }) => {
    const { content } = await entryOf(parts.engine, input.id)
    const text = input.side === 'request' ? content?.requestBody : content?.responseBody
    if (text === undefined) throw new NotFound('This request has no such body, or the log does not have it any more.')
    return { text }
  }),
  changes: api.requests.changes.handler(async ({ input, context: { parts } }) => {
    const { engine } = parts
    const found = await engine.consoleReads.ask('request-changes', input)
    if (!found) throw new NotFound(gone)
    const items = found.items.map((each) => requestChangeView(engine, each))
    return { items, total: found.total, names: await namesIn(engine, items) }
  }),
  timing: api.requests.timing.handler(async ({ input, context: { parts } }) => {
    const found = await parts.engine.consoleReads.ask('request-timing', input)
    if (!found) throw new NotFound(gone)
    return found
  }),
  curl: api.requests.curl.handler(async ({ input, context: { parts } }) => {
    const { engine } = parts
    const { command, remarks } = curlCommand(await entryOf(engine, input.id), endpointStatus(engine).publicOrigin)
    return { command, remarks: [...remarks] }
  }),
  pin: api.requests.pin.handler(async ({ input, context: { parts } }) => {
    await parts.engine.consoleReads.ask('pin-request', { ...input, now: parts.engine.clock() })
    return { isPinned: true }
  }),
  unpin: api.requests.unpin.handler(async ({ input, context: { parts } }) => {
    await parts.engine.consoleReads.ask('unpin-request', input)
    return { isPinned: false }
  }),
  replay: api.requests.replay.handler(({ input, context: { parts } }) => replayRequest(parts.engine, input)),
  follow: api.requests.follow.handler(async function* ({ input, signal, context: { parts } }) {
    const { consoleReads, clock } = parts.engine
    yield* creditWindow<Request>({
      subscription: input.subscription,
      signal,
      from: input.after ?? (await consoleReads.ask('newest-request', undefined)),
      read: (after) =>
        consoleReads.ask('requests-after', { filter: input.filter, now: clock(), after, limit: batchSize, mostBehind }),
      untilNews: (ended) => pause(lookEveryMs, ended),
    })
  }),
  save: api.requests.save.handler(({ input, signal, context }) =>
    giveFile(context, requestFile(context.parts.engine, input), signal),
  ),
  retention: api.requests.retention.handler(async ({ context: { parts } }) => {
    const { keepDays, maxBytes } = { ...defaultJournalSettings, ...journalSettingsOf(parts.engine.reads) }
    return { keepDays, maxBytes, newestId: await parts.engine.consoleReads.ask('newest-request', undefined) }
  }),
  filters: api.requests.filters.handler(({ context: { parts } }) => [...savedRequestFilters(parts.engine.reads)]),
  saveFilter: api.requests.saveFilter.handler(async ({ input, context: { parts } }) => {
    const parsed = parseRequestFilter(input.filter)
    if (!parsed.ok) throw new Refusal(parsed.problem)
    return [...(await parts.engine.administer('save-request-filter', input))]
  }),
  removeFilter: api.requests.removeFilter.handler(async ({ input, context: { parts } }) => [
    ...(await parts.engine.administer('remove-request-filter', input)),
  ]),
}
