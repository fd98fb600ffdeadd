import { setImmediate as turn } from 'node:timers/promises'
import type { Steps } from '../../steps.ts'

/** How long one question may take before others have their turn, in ms. */
const longestMs = 20

/** Does long work bit by bit: what else is asked of the thread is answered in between. Rejects with the reason of the signal once nobody waits for it. */
export async function inTurns<Result>(steps: Steps<Result>, signal: AbortSignal): Promise<Result> {
  let until = performance.now() + longestMs
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    if (performance.now() < until) continue
    await turn()
    signal.throwIfAborted()
    until = performance.now() + longestMs
  }
}
