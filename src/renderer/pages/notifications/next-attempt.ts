import type { OutboxMessage } from '../../../contract/notifications.ts'

type Waiting = Pick<OutboxMessage, 'notBefore' | 'retryAt' | 'isBeingSent'>

/** When a message is tried next, in ms or as a word. What is due already has no moment: it waits for those before it to the same receiver. */
export function nextAttempt({ notBefore, retryAt, isBeingSent }: Waiting, now: number): number | 'now' | 'in its turn' {
  if (isBeingSent) return 'now'
  const at = Math.max(notBefore, retryAt ?? 0)
  return at > now ? at : 'in its turn'
}
