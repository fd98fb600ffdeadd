import type { Worker } from 'node:worker_threads'
import { Refusal } from '../administration/refusal.ts'
import { StoreError } from '../store/store-error.ts'

/** How the one piece of work of a thread ended. */
export type ThreadReply<Value> =
  | { readonly kind: 'done'; readonly value: Value }
  | { readonly kind: 'refused'; readonly problem: string }
  | { readonly kind: 'store-error'; readonly code: StoreError['code']; readonly problem: string }

/** Does the work of a thread; what nobody expected is thrown on. */
export function replyOf<Value>(work: () => Value): ThreadReply<Value> {
  try {
    return { kind: 'done', value: work() }
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    if (error instanceof Refusal) return { kind: 'refused', problem }
    if (error instanceof StoreError) return { kind: 'store-error', code: error.code, problem }
    throw error
  }
}

/** What the work came to; throws `Refusal` or `StoreError` as the work did. */
export function valueOf<Value>(reply: ThreadReply<Value>): Value {
  switch (reply.kind) {
    case 'done':
      return reply.value
    case 'refused':
      throw new Refusal(reply.problem)
    default:
      throw new StoreError(reply.code, reply.problem)
  }
}

/** Rejects when a thread ends without having replied. */
export function endOf(worker: Worker): Promise<never> {
  return new Promise((_, reject) => {
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('the thread ended before its work was done')))
  })
}
