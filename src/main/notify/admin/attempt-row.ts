import { randomUUID } from 'node:crypto'
import type { OutboxChannel, OutboxRow } from '../../store/notify/outbox.ts'
import type { OutboxContent } from '../outbox-content.ts'

/** A message that is sent at once and never queued: a test. */
export function attemptRow(channel: OutboxChannel, recipient: string, content: OutboxContent, now: number): OutboxRow {
  return {
    id: 0,
    key: `test:${randomUUID()}`,
    channel,
    recipient,
    rule: 'test',
    content: JSON.stringify(content),
    digest: 0,
    created_at: now,
    not_before: now,
    state: 'waiting',
    attempts: 0,
    retry_at: null,
    claimed_by: null,
    claimed_until: null,
    problem: null,
    ended_at: null,
  }
}

/** The notification that a test sends. */
export function testNotification(now: number): OutboxContent {
  return {
    kind: 'notification',
    notification: {
      key: `test:${randomUUID()}`,
      rule: 'test',
      phase: 'happened',
      at: now,
      title: 'This is a test',
      lines: ['It arrived, so notifications from Rollcall do.'],
      facts: {},
    },
  }
}
