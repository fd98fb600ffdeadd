import type { BulkResult } from '../../contract/page.ts'
import { Refusal } from '../administration/refusal.ts'
import { creditWindow } from './streams/credit-window.ts'

/** So many are done at once: they share a transaction, and what is told comes often enough to be watched. */
const batchSize = 20

/** What became of one of many. */
export type BulkOutcome = 'done' | 'unchanged'

interface Bulk {
  readonly subscription: string
  readonly signal: AbortSignal | undefined
  /** How many have been done already. */
  readonly after: number | null
  readonly ids: readonly string[]
  nameOf(id: string): string | undefined
  /** Does it to one; rejects with `Refusal`. */
  act(id: string): Promise<BulkOutcome>
}

/** Does something to many, in order, and tells of each. It goes no further when nobody listens any more. */
export function bulk({ subscription, signal, after, ids, nameOf, act }: Bulk) {
  let isOver = false

  async function one(id: string): Promise<BulkResult> {
    const name = nameOf(id)
    if (name === undefined) return { id, name: id, outcome: 'refused', problem: 'It is not there any more.' }
    try {
      return { id, name, outcome: await act(id), problem: null }
    } catch (error) {
      if (error instanceof Refusal) return { id, name, outcome: 'refused', problem: error.message }
      throw error
    }
  }

  return creditWindow<BulkResult>({
    subscription,
    signal,
    from: after ?? 0,
    async read(position) {
      const batch = ids.slice(position, position + batchSize)
      isOver = batch.length === 0
      return { items: await Promise.all(batch.map(one)), position: position + batch.length, dropped: 0 }
    },
    untilNews: () => Promise.resolve(),
    isOver: () => isOver,
  })
}
