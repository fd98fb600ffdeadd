import { Refusal } from '../../administration/refusal.ts'
import {
  putOffUntil,
  type OutboxChannel,
  type OutboxDepth,
  type OutboxRow,
  type OutboxState,
} from '../../store/notify/outbox.ts'
import { parseOutboxContent } from '../outbox-content.ts'
import type { NotifyParts } from './notify-parts.ts'

/** A message as a person sees it in the list. */
export interface OutboxMessage {
  readonly id: number
  readonly channel: OutboxChannel
  /** An address, or the name of a webhook. */
  readonly recipient: string
  readonly rule: string
  readonly title: string
  readonly state: OutboxState
  readonly isBeingSent: boolean
  readonly createdAt: number
  readonly notBefore: number
  readonly attempts: number
  readonly retryAt: number | undefined
  readonly problem: string | undefined
  readonly endedAt: number | undefined
}

/** What waits to be told, what was told, and what was given up. */
export interface OutboxAdmin {
  /** Those that wait come oldest first, the others latest first. */
  list(state: OutboxState, limit: number): readonly OutboxMessage[]
  depth(): readonly OutboxDepth[]
  /** Tries what was given up again; without numbers, all of it. Returns how many. */
  retry(ids: readonly number[] | 'all'): Promise<number>
  /** Throws away what has not been delivered; `dead`: all that was given up. Returns how many. */
  drop(ids: readonly number[] | 'dead'): Promise<number>
}

const most = 10_000

export function createOutboxAdmin({ reads, administer, now }: NotifyParts): OutboxAdmin {
  function nameOf(row: OutboxRow): string {
    if (row.channel !== 'webhook') return row.recipient
    return reads.webhooks.byId(Number(row.recipient))?.name ?? `webhook ${row.recipient}`
  }

  function shown(row: OutboxRow): OutboxMessage {
    const content = parseOutboxContent(row.content)
    return {
      id: row.id,
      channel: row.channel,
      recipient: nameOf(row),
      rule: row.rule,
      title: content === undefined ? '' : content.kind === 'letter' ? content.subject : content.notification.title,
      state: row.state,
      isBeingSent: row.state === 'waiting' && (row.claimed_until ?? 0) > now(),
      createdAt: row.created_at,
      notBefore: putOffUntil(row.not_before, now()),
      attempts: row.attempts,
      retryAt: row.retry_at === null ? undefined : putOffUntil(row.retry_at, now()),
      problem: row.problem ?? undefined,
      endedAt: row.ended_at ?? undefined,
    }
  }

  function dead(): readonly number[] {
    return reads.outbox.ended('dead', most).map((row) => row.id)
  }

  function known(ids: readonly number[]): readonly number[] {
    const unknown = ids.find((id) => reads.outbox.byId(id) === undefined)
    if (unknown !== undefined) throw new Refusal(`There is no message ${unknown}. It may have been thrown away.`)
    return ids
  }

  return {
    list: (state, limit) =>
      (state === 'waiting' ? reads.outbox.waiting(limit) : reads.outbox.ended(state, limit)).map(shown),
    depth: () => reads.outbox.depth(),
    retry: async (ids) => administer('retry-messages', { ids: ids === 'all' ? dead() : known(ids) }),
    drop: async (ids) => administer('drop-messages', { ids: ids === 'dead' ? dead() : known(ids) }),
  }
}
