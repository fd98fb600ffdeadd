import type { Connection } from '../file/open-database.ts'

export type OutboxChannel = 'mail' | 'webhook' | 'desktop'
export type OutboxState = 'waiting' | 'delivered' | 'dead'

/** One thing to be told to one recipient. */
export interface NewMessage {
  /** The same key is queued once. */
  readonly key: string
  readonly channel: OutboxChannel
  readonly recipient: string
  readonly rule: string
  /** JSON text, see notify/outbox-content.ts. */
  readonly content: string
  /** Sent together with others that are due. */
  readonly isDigest: boolean
  readonly notBefore: number
}

export interface OutboxRow {
  readonly id: number
  readonly key: string
  readonly channel: OutboxChannel
  readonly recipient: string
  readonly rule: string
  readonly content: string
  readonly digest: number
  readonly created_at: number
  readonly not_before: number
  readonly state: OutboxState
  readonly attempts: number
  readonly retry_at: number | null
  readonly claimed_by: string | null
  readonly claimed_until: number | null
  readonly problem: string | null
  readonly ended_at: number | null
}

/** How much of a kind there is. */
export interface OutboxDepth {
  readonly channel: OutboxChannel
  readonly state: OutboxState
  readonly messages: number
}

const columns =
  'id, key, channel, recipient, rule, content, digest, created_at, not_before, state, attempts, retry_at, claimed_by, claimed_until, problem, ended_at'

/** The index that all of it is in; by another one, SQLite would look up and sort all that waits for every question. */
const inTurn = 'outbox indexed by outbox_turns'

// The condition of the index outbox_ended, which SQLite uses for a query that repeats it.
const hasEnded = "state <> 'waiting'"

/** Nothing is put off for longer than that, in ms: a daily digest after quiet hours. What is was put off by a clock that was ahead, and is due. */
const longestWaitMs = 3 * 86_400_000

/** Until when a message is put off, as the sending sees it: a time that a clock which was ahead has left is this moment. */
export function putOffUntil(at: number, now: number): number {
  return at > momentOf(now).latest ? now : at
}

interface Moment {
  readonly next: number
  readonly latest: number
}

/** What a time must not lie between, to be due at this moment. */
function momentOf(now: number): Moment {
  return { next: now + 1, latest: now + longestWaitMs }
}

export function prepareOutboxReads(connection: Connection) {
  const isDue = connection
    .prepare<[Moment], number>(
      `select 1 from ${inTurn} where state = 'waiting' and not_before not between @next and @latest
         and ifnull(retry_at, 0) not between @next and @latest limit 1`,
    )
    .pluck()
  const waiting = connection.prepare<[number], OutboxRow>(
    `select ${columns} from ${inTurn} where state = 'waiting' order by id limit ?`,
  )
  const ended = connection.prepare<[string, number], OutboxRow>(
    `select ${columns} from outbox where state = ? and ${hasEnded} order by ended_at desc, id desc limit ?`,
  )
  const byId = connection.prepare<[number], OutboxRow>(`select ${columns} from outbox where id = ?`)
  const claimants = connection
    .prepare<[], string>(`select distinct claimed_by from ${inTurn} where state = 'waiting' and claimed_by is not null`)
    .pluck()
  const depth = connection.prepare<[], OutboxDepth>(
    `select channel, 'waiting' as state, count(*) as messages from ${inTurn} where state = 'waiting' group by channel
     union all
     select channel, state, count(*) as messages from outbox indexed by outbox_ended where ${hasEnded} group by channel, state`,
  )
  return {
    /** Whether anything may be sent at this moment, as far as can be told without looking at the order. */
    isDue: (now: number) => isDue.get(momentOf(now)) !== undefined,
    /** Oldest first. */
    waiting: (limit: number) => waiting.all(limit),
    /** The latest first. */
    ended: (state: Exclude<OutboxState, 'waiting'>, limit: number) => ended.all(state, limit),
    byId: (id: number) => byId.get(id),
    /** The processes that say that they are sending something. */
    claimants: () => claimants.all(),
    /** Out of indexes alone: it is asked with every reading of the metrics. */
    depth: () => depth.all(),
  }
}

export interface Claim {
  readonly claimant: string
  readonly now: number
  /** Until when the claim holds. */
  readonly until: number
  readonly limit: number
  /** Claimants that are gone, so that what they were sending is free again. */
  readonly gone: readonly string[]
  readonly channels: readonly OutboxChannel[]
}

export function prepareOutboxWrites(connection: Connection) {
  const insert = connection.prepare(
    `insert into outbox (key, channel, recipient, rule, content, digest, created_at, not_before, state)
     values (?, ?, ?, ?, ?, ?, ?, ?, 'waiting') on conflict (key) do nothing`,
  )
  const free = connection.prepare(
    "update outbox set claimed_by = null, claimed_until = null where state = 'waiting' and claimed_by = ?",
  )
  // The first of what is due for each recipient; it holds the others back while it is claimed or waits for its next attempt.
  const heads = connection.prepare<[Moment & { readonly channels: string; readonly limit: number }], OutboxRow>(
    `select ${columns} from outbox as head indexed by outbox_turns where state = 'waiting' and channel in (select value from json_each(@channels))
       and not_before not between @next and @latest and ifnull(retry_at, 0) not between @next and @latest
       and ifnull(claimed_until, 0) not between @next and @latest
       and not exists (
         select 1 from outbox as earlier where earlier.state = 'waiting' and earlier.channel = head.channel
           and earlier.recipient = head.recipient and earlier.id < head.id and earlier.not_before not between @next and @latest)
     order by id limit @limit`,
  )
  const digestOf = connection.prepare<[Moment & Pick<OutboxRow, 'channel' | 'recipient' | 'id'>], OutboxRow>(
    `select ${columns} from outbox where state = 'waiting' and channel = @channel and recipient = @recipient and digest = 1 and id > @id
       and not_before not between @next and @latest
     order by id limit 200`,
  )
  const claim = connection.prepare('update outbox set claimed_by = ?, claimed_until = ? where id = ?')
  const settle = connection.prepare(
    `update outbox set state = ?, attempts = attempts + 1, retry_at = ?, claimed_by = null, claimed_until = null, problem = ?, ended_at = ?
     where id = ? and state = 'waiting'`,
  )
  const revive = connection.prepare(
    "update outbox set state = 'waiting', attempts = 0, retry_at = null, not_before = ?, problem = null, ended_at = null where id = ? and state = 'dead'",
  )
  const drop = connection.prepare("delete from outbox where id = ? and state <> 'delivered'")
  const dropRecipient = connection.prepare(
    "delete from outbox where channel = ? and recipient = ? and state <> 'delivered'",
  )
  const dropNotified = connection.prepare(
    "delete from outbox where channel = 'mail' and recipient = ? and rule <> 'welcome' and state <> 'delivered'",
  )
  const dropIntegration = connection.prepare(
    "delete from outbox where state = 'waiting' and rule <> 'welcome' and content ->> '$.notification.integration.slug' = ?",
  )
  const forget = connection.prepare(`delete from outbox where state = ? and ${hasEnded} and ended_at < ?`)
  return {
    /** Returns whether it is new. */
    add: (message: NewMessage, now: number) =>
      insert.run(
        message.key,
        message.channel,
        message.recipient,
        message.rule,
        message.content,
        message.isDigest ? 1 : 0,
        now,
        message.notBefore,
      ).changes === 1,
    /** Takes what can be sent now, for each recipient one thing or what is to be sent together, and marks it as being sent. */
    claim({ claimant, now, until, limit, gone, channels }: Claim): readonly (readonly OutboxRow[])[] {
      for (const each of gone) free.run(each)
      const moment = momentOf(now)
      return heads.all({ ...moment, channels: JSON.stringify(channels), limit }).map((head) => {
        const { channel, recipient, id } = head
        const rows = head.digest === 0 ? [head] : [head, ...digestOf.all({ ...moment, channel, recipient, id })]
        for (const row of rows) claim.run(claimant, until, row.id)
        return rows
      })
    },
    delivered: (id: number, now: number) => void settle.run('delivered', null, null, now, id),
    failed: (id: number, problem: string, retryAt: number) => void settle.run('waiting', retryAt, problem, null, id),
    dead: (id: number, problem: string, now: number) => void settle.run('dead', null, problem, now, id),
    /** Returns whether it was dead. */
    revive: (id: number, now: number) => revive.run(now, id).changes === 1,
    /** Returns whether there was such a one that has not been delivered. */
    drop: (id: number) => drop.run(id).changes === 1,
    dropRecipient: (channel: OutboxChannel, recipient: string) => void dropRecipient.run(channel, recipient),
    /** Throws away the notifications for an address; a mail that welcomes it stays. */
    dropNotified: (address: string) => void dropNotified.run(address),
    /** Throws away what waits to be told about an integration. */
    dropIntegration: (slug: string) => void dropIntegration.run(slug),
    forget: (state: Exclude<OutboxState, 'waiting'>, before: number) => void forget.run(state, before),
  }
}
