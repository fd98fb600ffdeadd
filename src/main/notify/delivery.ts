import type { OutboxRow } from '../store/notify/outbox.ts'

/** How an attempt ended. `hopeless`: no later attempt can succeed. */
export type DeliveryOutcome =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'failed'; readonly problem: string }
  | { readonly kind: 'hopeless'; readonly problem: string }

/** Brings messages of one channel to their recipient. Never rejects. */
export interface Deliverer {
  /** Sends one message, or several of a digest as one. `signal` ends an attempt that takes too long. */
  deliver(rows: readonly OutboxRow[], signal: AbortSignal): Promise<DeliveryOutcome>
}
