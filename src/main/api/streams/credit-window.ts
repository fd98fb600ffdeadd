import { batchesInFlight } from '../../../contract/stream.ts'

/** What a stream has to say at one look. */
export interface StreamPortion<Item> {
  readonly items: readonly Item[]
  readonly position: number
  readonly dropped: number
}

export interface StreamSource<Item> {
  readonly subscription: string
  readonly signal: AbortSignal | undefined
  /** Where to begin. */
  readonly from: number
  /** What came behind a position; without items there is nothing new. */
  read(position: number): Promise<StreamPortion<Item>>
  /** Resolves when it may be worth looking again; at the latest when the signal is aborted. */
  untilNews(signal: AbortSignal): Promise<void>
  /** Nothing comes after this position. */
  isOver?(): boolean
}

interface Window {
  acknowledged: number
  wake: () => void
}

const windows = new Map<string, Window>()

/** The client has drawn a batch: one more may be sent. An unknown subscription has ended already. */
export function acknowledge(subscription: string, seq: number): void {
  const window = windows.get(subscription)
  if (!window) return
  window.acknowledged = Math.max(window.acknowledged, seq)
  window.wake()
}

/**
 * Sends what a source has, in batches, with at most `batchesInFlight` of them unacknowledged: the RPC library has no back-pressure of its
 * own, so that a fast log would fill the memory of both sides (measured: 340 MB in two seconds). A source that goes on meanwhile says
 * itself what it drops.
 */
export async function* creditWindow<Item>(source: StreamSource<Item>) {
  const { subscription } = source
  const ended = new AbortController()
  const signal = source.signal ? AbortSignal.any([source.signal, ended.signal]) : ended.signal
  const window: Window = { acknowledged: 0, wake: () => undefined }
  if (windows.has(subscription)) throw new Error('the subscription is open already')
  windows.set(subscription, window)

  signal.addEventListener('abort', () => window.wake(), { once: true })

  function credit(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    window.wake = resolve
    return promise
  }

  try {
    let position = source.from
    let dropped = 0
    for (let seq = 1; !signal.aborted;) {
      if (seq - window.acknowledged > batchesInFlight) {
        await credit()
        continue
      }
      const portion = await source.read(position)
      position = portion.position
      dropped += portion.dropped
      if (portion.items.length > 0 || dropped > 0) {
        yield { seq, items: [...portion.items], dropped, position }
        seq += 1
        dropped = 0
      } else if (source.isOver?.() === true) return
      else await source.untilNews(signal)
    }
  } finally {
    ended.abort()
    windows.delete(subscription)
  }
}
