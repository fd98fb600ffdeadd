import { unreachable } from '../../scim/unreachable.ts'
import type { Administer } from '../administration/administer.ts'
import type { Settlement } from '../administration/notifications.ts'
import type { OutboxChannel, OutboxRow } from '../store/notify/outbox.ts'
import type { StoreReads } from '../store/store-reads.ts'
import { backOff, mostAttempts } from './back-off.ts'
import { goneClaimants } from './claimant.ts'
import type { Deliverer, DeliveryOutcome } from './delivery.ts'

/** Messages that are under way at the same time. */
const atOnce = 8
/** An attempt ends after so long, in ms; a claim holds a little longer. */
const longestAttemptMs = 45_000
const claimMs = 60_000

interface Parts {
  readonly administer: Administer
  readonly reads: StoreReads
  readonly deliverers: Partial<Readonly<Record<OutboxChannel, Deliverer>>>
  readonly claimant: string
  readonly now: () => number
  /** From 0 up to 1. */
  readonly random: () => number
  /** How long an attempt may take; shorter than a claim holds. */
  readonly attemptMs?: number | undefined
  /** One line for the operator: the outbox itself cannot be worked on. */
  readonly onTrouble: (message: string) => void
}

/** Sends what is due, each recipient's messages one after the other. */
export interface DeliveryLoop {
  /** Begins to send what is due and not under way already. Never rejects; resolves when what it began has been claimed. */
  sendDue(): Promise<void>
  /** Resolves when nothing is under way. */
  idle(): Promise<void>
  /** Ends the attempts that are under way; they are tried again later. */
  stop(): Promise<void>
}

export function createDeliveryLoop(parts: Parts): DeliveryLoop {
  const { administer, reads, claimant, now } = parts
  const channels: readonly OutboxChannel[] = (['mail', 'webhook', 'desktop'] as const).filter(
    (each) => parts.deliverers[each] !== undefined,
  )
  const underWay = new Set<Promise<void>>()
  const ending = new AbortController()
  let trouble: string | undefined
  let claiming: Promise<void> | undefined

  function tellTrouble(error: unknown): void {
    const [message = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
    if (message !== trouble) parts.onTrouble(`Notifications cannot be sent at present: ${message}`)
    trouble = message
  }

  function settlementOf(outcome: DeliveryOutcome, attempts: number): Settlement {
    switch (outcome.kind) {
      case 'delivered':
        return { kind: 'delivered' }
      case 'hopeless':
        return { kind: 'dead', problem: outcome.problem }
      case 'failed':
        return attempts >= mostAttempts
          ? { kind: 'dead', problem: outcome.problem }
          : { kind: 'failed', problem: outcome.problem, retryAt: now() + backOff(attempts, parts.random()) }
      default:
        return unreachable(outcome)
    }
  }

  async function deliver(rows: readonly OutboxRow[]): Promise<void> {
    const [first] = rows
    const deliverer = first && parts.deliverers[first.channel]
    if (first === undefined || deliverer === undefined) return
    const signal = AbortSignal.any([AbortSignal.timeout(parts.attemptMs ?? longestAttemptMs), ending.signal])
    const outcome = await deliverer.deliver(rows, signal)
    // A stop is no fault of the recipient's: the claim runs out, or is seen to be of a process that is gone.
    if (ending.signal.aborted && outcome.kind === 'failed') return
    const settlement = settlementOf(outcome, first.attempts + 1)
    await administer('settle-messages', { ids: rows.map((row) => row.id), settlement })
  }

  function start(rows: readonly OutboxRow[]): void {
    const work = deliver(rows)
      .catch(tellTrouble)
      .finally(() => {
        underWay.delete(work)
        // The next one of this recipient may be due.
        void sendDue()
      })
    underWay.add(work)
  }

  async function claim(): Promise<void> {
    const free = atOnce - underWay.size
    if (free <= 0 || ending.signal.aborted || channels.length === 0 || !reads.outbox.isDue(now())) return
    const gone = goneClaimants(reads.outbox.claimants())
    const claimed = await administer('claim-messages', {
      claimant,
      until: now() + claimMs,
      limit: free,
      gone,
      channels,
    })
    trouble = undefined
    for (const rows of claimed) start(rows)
  }

  function sendDue(): Promise<void> {
    claiming ??= claim()
      .catch(tellTrouble)
      .finally(() => {
        claiming = undefined
      })
    return claiming
  }

  async function idle(): Promise<void> {
    await Promise.all([claiming, ...underWay])
    return claiming === undefined && underWay.size === 0 ? undefined : idle()
  }

  return {
    sendDue,
    idle,
    async stop() {
      ending.abort()
      await claiming
      await Promise.all(underWay)
    },
  }
}
