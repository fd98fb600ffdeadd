import { z } from 'zod'
import type { Connection } from '../file/open-database.ts'

/** Requests of one hour and one integration; `slug` is null where the URL names none either. */
const hourRow = z.object({
  /** Hours since the epoch. */
  hour: z.number(),
  slug: z.string().nullable(),
  requests: z.number(),
  failures: z.number(),
  userChanges: z.number(),
  groupChanges: z.number(),
})

export type TrafficHour = Readonly<z.infer<typeof hourRow>>

const mark = z.object({ id: z.number(), at: z.number() }).readonly()

/** An exchange, as far as it says when something was the last time. */
export type TrafficMark = z.infer<typeof mark>

const namedMark = mark.unwrap().extend({ slug: z.string() }).readonly()

/** A mark that is not older than a moment. */
function notBefore(since: number, row: unknown): TrafficMark | undefined {
  const found = mark.optional().parse(row)
  return found && found.at >= since ? found : undefined
}

// A request that was not let in has no integration; its URL says which one it was meant for.
const slugOf = `case when integration_slug is not null then integration_slug
  when target like '/scim/%/v2%' then substr(target, 7, instr(substr(target, 7), '/') - 1) end`

const isChange = (endpoint: string) =>
  `status < 400 and endpoint = '${endpoint}' and method in ('POST', 'PUT', 'PATCH', 'DELETE') and classification not like 'search%'`

/** What the overview is made from. They look at many rows: for a thread that nobody else waits for. */
export function prepareTrafficReads(connection: Connection) {
  const hours = connection.prepare(
    `select at / 3600000 as hour, ${slugOf} as slug, count(*) as requests, sum(status >= 400) as failures,
       sum(${isChange('Users')}) as userChanges, sum(${isChange('Groups')}) as groupChanges
     from exchanges where id > ? and id <= ? and lost is null and method <> '' group by 1, 2`,
  )
  const firstSince = connection.prepare('select min(first_id) from block_index where newest_at between ? and ?').pluck()
  const latest = connection.prepare('select id, at from exchanges where integration_slug = ? order by id desc limit 1')
  const latestGood = connection.prepare(
    'select id, at from exchanges where integration_slug = ? and id <= ? and status < 400 order by id desc limit 1',
  )
  const latestFailure = connection.prepare(
    'select id, at from exchanges where integration_slug = ? and id > ? and status >= 400 order by id desc limit 1',
  )
  const goods = connection.prepare(
    `select integration_slug as slug, max(id) as id, at from exchanges
     where id > ? and id <= ? and integration_slug is not null and status < 400 group by 1`,
  )
  const refusals = connection.prepare(
    `select substr(target, 7, instr(substr(target, 7), '/') - 1) as slug, max(id) as id, at from exchanges
     where id > ? and id <= ? and integration_slug is null and status in (401, 429)
       and instr(target, '/scim/') = 1 and instr(substr(target, 7), '/') > 1 group by 1`,
  )
  return {
    /** Sums of the exchanges with these ids, by hour and integration. */
    hours: (afterId: number, upToId: number): readonly TrafficHour[] =>
      z.array(hourRow).parse(hours.all(afterId, upToId)),
    /** The id below which nothing is as young as this, not counting what is younger than `upTo`; undefined when nothing is. */
    firstSince: (at: number, upTo = Number.MAX_SAFE_INTEGER) => Number(firstSince.get(at, upTo) ?? 0) || undefined,
    /** None that is older than `since`. */
    latest: (slug: string, since: number) => notBefore(since, latest.get(slug)),
    /** Behind the newest good one this is found at once: all that is there has failed. */
    latestFailure: (slug: string, afterId: number, since: number) => notBefore(since, latestFailure.get(slug, afterId)),
    /** The newest good exchange up to an id. */
    latestGood: (slug: string, upToId: number): TrafficMark | undefined =>
      mark.optional().parse(latestGood.get(slug, upToId)),
    /** The newest good exchange of each integration, of those with these ids. */
    goods: (afterId: number, upToId: number) => z.array(namedMark).parse(goods.all(afterId, upToId)),
    /** The newest refusal of a token for each integration that the URL named, of those with these ids. */
    refusals: (afterId: number, upToId: number) => z.array(namedMark).parse(refusals.all(afterId, upToId)),
  }
}

export type TrafficReads = ReturnType<typeof prepareTrafficReads>
