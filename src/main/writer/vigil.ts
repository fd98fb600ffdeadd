import { availableParallelism } from 'node:os'

/** Commands that follow one another within so many ms come from a client that waits for each answer before it asks again. */
const closeMs = 1.5

/** Keeps the event loop turning, instead of sleeping, while an answer of the writer's is likely to come within a millisecond (docs/decisions/0015). */
export interface Vigil {
  /** Call it when a command is sent that waits alone. Returns whether it follows close on the one before; then the loop stays awake for its answer. */
  begin(): boolean
}

interface Machine {
  readonly processors: number
  readonly now: () => number
}

const thisMachine: Machine = { processors: availableParallelism(), now: () => performance.now() }

/**
 * `isWaiting` says whether there still is one command, and one only, that waits for its answer. A disk that takes longer than `closeMs` for a
 * commit never gets a vigil, for then no command follows close on another; nor does a machine of one processor, on which it would only be in the way.
 */
export function createVigil(isWaiting: () => boolean, machine: Machine = thisMachine): Vigil {
  const { now, processors } = machine
  let begunAt = -Infinity
  let isTurning = false

  function turn(): void {
    isTurning = isWaiting() && now() - begunAt < closeMs
    if (isTurning) setImmediate(turn)
  }

  return {
    begin() {
      const at = now()
      const isClose = processors > 1 && at - begunAt < closeMs
      begunAt = at
      if (isClose && !isTurning) {
        isTurning = true
        setImmediate(turn)
      }
      return isClose
    },
  }
}
