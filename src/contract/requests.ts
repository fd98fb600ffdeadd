import { z } from 'zod'
import { moment } from './moment.ts'
import { procedure } from './procedure.ts'
import { requestChanges } from './request-change.ts'
import { explanation, requestContent } from './request-detail.ts'
import { requestFilter } from './request-filter.ts'
import { replay } from './request-replay.ts'
import { requestTiming } from './request-timing.ts'
import { savedFile } from './saved-file.ts'
import { streamOf, subscription } from './stream.ts'

const bodyState = z.enum(['whole', 'cut', 'withheld', 'dropped'])

/** One line of the log. */
export const request = z.object({
  id: z.int(),
  at: moment,
  durationMicros: z.number(),
  /** 0 where nobody could be answered, such as a client that breaks off TLS. */
  status: z.int(),
  /** Empty for what never became a request. */
  method: z.string(),
  /** Path and query as received, redacted. */
  target: z.string(),
  /** `Users`, `Groups`, `Schemas` …; null when no route was found. */
  endpoint: z.string().nullable(),
  resourceId: z.string().nullable(),
  /** Slug of the integration; null when the request was not let in. */
  integration: z.string().nullable(),
  /** What it was about, in a few words: "disable user". */
  classification: z.string(),
  /** About whom, where that is known: a userName, the name of a group, or the value that was looked for. */
  subject: z.string().nullable(),
  /** Who sent it, by name; null when that cannot be told. */
  sender: z.string().nullable(),
  /** The same as it stands in a filter: `entra`. */
  idp: z.string().nullable(),
  certainty: z.string().nullable(),
  /** How many resources a list or lookup matched. */
  matched: z.int().nullable(),
  requestId: z.string(),
  remoteAddress: z.string(),
  requestBytes: z.int(),
  responseBytes: z.int(),
  isRedacted: z.boolean(),
  requestBodyState: bodyState,
  responseBodyState: bodyState,
  /** Set on a gap, which stands where so many requests were not recorded. */
  lost: z.int().nullable(),
  /** A person wants to keep it, however old it gets. */
  isPinned: z.boolean(),
})

export const requestDetail = request.extend({
  /** Null when its block is gone or damaged. */
  content: requestContent.nullable(),
  /** What the failure means; null for a request that did not fail. */
  explanation: explanation.nullable(),
  /** The log keeps it for its pin alone. */
  isOnlyPinned: z.boolean(),
})

/** What the log keeps. */
export const retention = z.object({ keepDays: z.int(), maxBytes: z.number(), newestId: z.int() })

/** A filter that a person gave a name. */
export const savedFilter = z.object({ name: z.string(), filter: z.string() })

export const requestOrder = z.enum(['time', 'method', 'what', 'who', 'status', 'took', 'size'])

const which = z.object({ id: z.int().positive() })
const name = z.string().trim().min(1, 'Give the filter a name.').max(60, 'A name can have at most 60 characters.')

export const requests = {
  /** Newest first. A search may come back with few or none and a `next`: there is more to look through. */
  page: procedure
    .input(
      z.object({
        filter: requestFilter.default([]),
        /** The `next` of the page before. */
        before: z.int().positive().nullable().default(null),
        limit: z.int().min(1).max(2000).default(100),
      }),
    )
    .output(z.object({ items: z.array(request), next: z.int().nullable() })),
  /** In another order than that of time: the newest matches up to an id, sorted. */
  sorted: procedure
    .input(
      z.object({
        filter: requestFilter.default([]),
        order: requestOrder,
        descending: z.boolean(),
        /** Later requests do not count, so that further pages fit the first. */
        upTo: z.int().positive(),
        offset: z.int().min(0).default(0),
        limit: z.int().min(1).max(500).default(200),
      }),
    )
    .output(
      z.object({
        items: z.array(request),
        /** How many were put in order. */
        total: z.int(),
        /** Whether those are all that match; else they are the newest ones. */
        isAll: z.boolean(),
      }),
    ),
  /**
   * How many match, and how many the log holds in all. `count` is null for a search for text, which would have to look into every body;
   * `isExact` says whether all were counted.
   */
  count: procedure
    .input(z.object({ filter: requestFilter.default([]) }))
    .output(z.object({ count: z.int().nullable(), isExact: z.boolean(), total: z.int() })),
  /** One request by its number or its `X-Request-Id`. Of large bodies only the beginning. */
  get: procedure
    .input(z.object({ id: z.union([z.int().positive(), z.string().min(1).max(200)]) }))
    .output(requestDetail),
  /** A whole body, as far as the log kept it. */
  body: procedure.input(which.extend({ side: z.enum(['request', 'response']) })).output(z.object({ text: z.string() })),
  /** What it changed, oldest first. */
  changes: procedure.input(which).output(requestChanges),
  timing: procedure.input(which).output(requestTiming),
  /** The command that sends it again, with `$SCIM_TOKEN` in place of the token, and what to see to first, a sentence each. */
  curl: procedure.input(which).output(z.object({ command: z.string(), remarks: z.array(z.string()) })),
  /** Keeps it, however old it gets; refused when there are too many already. */
  pin: procedure.input(which).output(z.object({ isPinned: z.boolean() })),
  /** A request that is older than what the log keeps is gone with its pin. */
  unpin: procedure.input(which).output(z.object({ isPinned: z.boolean() })),
  /**
   * Sends it again in the name of its integration: in a dry run, whose transaction is rolled back, or for real, which needs the
   * `rehearsal` of a dry run and happens once for it, however often it is asked for. Refused with reason `changed` when something else
   * would happen by now.
   */
  replay: procedure.input(which.extend({ rehearsal: z.string().max(200).nullable().default(null) })).output(replay),
  /**
   * The requests after an id, as they come; without one, from now on. Resume with the `position` of the last batch.
   * A client that cannot keep up is taken ahead, and told how many rows it was taken past.
   */
  follow: procedure
    .input(
      z.object({
        subscription,
        after: z.int().min(0).nullable().default(null),
        filter: requestFilter.default([]),
      }),
    )
    .output(streamOf(request)),
  /**
   * All that match, oldest first, as a file. The desktop app asks where to, writes it for its owner alone and names it; a browser gets an
   * address to fetch it from, once and soon.
   */
  save: procedure
    .input(z.object({ filter: requestFilter.default([]), format: z.enum(['har', 'ndjson']) }))
    .output(savedFile),
  retention: procedure.output(retention),
  /** The filters that have a name, by name. */
  filters: procedure.output(z.array(savedFilter)),
  /** Replaces one of the same name. */
  saveFilter: procedure
    .input(z.object({ name, filter: z.string().trim().min(1).max(2000) }))
    .output(z.array(savedFilter)),
  removeFilter: procedure.input(z.object({ name })).output(z.array(savedFilter)),
}

export type Request = z.infer<typeof request>
export type RequestDetail = z.infer<typeof requestDetail>
export type RequestOrder = z.infer<typeof requestOrder>
