import type { Request } from '../../contract/requests.ts'
import { defaultJournalSettings } from '../journal/journal-settings.ts'
import { journalSettingsOf } from '../known-settings.ts'
import { api } from './api.ts'
import { creditWindow } from './credit-window.ts'
import { NotFound } from './not-found.ts'
import { pause } from './pause.ts'

/** How often is looked for new requests, in ms. */
const lookEveryMs = 150
const batchSize = 250
/** Whoever is more rows behind than this is taken ahead. */
const mostBehind = 5000

export const requests = {
  page: api.requests.page.handler(({ input, context: { parts } }) =>
    parts.engine.consoleReads
      .ask('request-page', { ...input, now: parts.engine.clock() })
      .then(({ items, next }) => ({ items: [...items], next })),
  ),
  count: api.requests.count.handler(({ input, context: { parts } }) =>
    parts.engine.consoleReads.ask('request-count', { ...input, now: parts.engine.clock() }),
  ),
  get: api.requests.get.handler(async ({ input, context: { parts } }) => {
    const found = await parts.engine.consoleReads.ask('request', input)
    if (!found)
      throw new NotFound(`There is no request "${input.id}" in the log. It may be older than what the log keeps.`)
    return found
  }),
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
  export: api.requests.export.handler(async function* ({ input, signal, context: { parts } }) {
    const { consoleReads, clock } = parts.engine
    const id = await consoleReads.ask('open-export', { filter: input.filter, format: input.format, now: clock() })
    let isOver = false
    try {
      yield* creditWindow<string>({
        subscription: input.subscription,
        signal,
        from: 0,
        async read(position) {
          if (isOver) return { items: [], position, dropped: 0 }
          const { text, isLast } = await consoleReads.ask('next-of-export', { id })
          isOver = isLast
          return { items: text === '' ? [] : [text], position: position + 1, dropped: 0 }
        },
        untilNews: () => Promise.resolve(),
        isOver: () => isOver,
      })
    } finally {
      // After the connection has gone, the reads may have been closed as well.
      await consoleReads.ask('close-export', { id }).catch(() => undefined)
    }
  }),
  retention: api.requests.retention.handler(async ({ context: { parts } }) => {
    const { keepDays, maxBytes } = { ...defaultJournalSettings, ...journalSettingsOf(parts.engine.reads) }
    return { keepDays, maxBytes, newestId: await parts.engine.consoleReads.ask('newest-request', undefined) }
  }),
}
