/** One native call at a time; a call that overruns its time is given up, though it cannot be stopped. */
export interface Lane {
  /** Runs the call when those before it have ended. Throws what `overdue` returns when this call or the one before it overran. */
  run<Result>(call: () => Promise<Result>, timeoutMs: number, overdue: () => Error): Promise<Result>
  /** Whether a call is still running, given up or not: it keeps the process from ending (see `end-process.ts`). */
  isOccupied(): boolean
}

/**
 * Four calls waiting for an unlock prompt fill libuv's thread pool, and then no file can be read. So nothing starts
 * while a call is running, and whoever waits behind one that was given up is told at once instead of waiting as well.
 */
export function createLane(): Lane {
  let last: Promise<void> = Promise.resolve()
  let isRunning = false

  return {
    isOccupied: () => isRunning,

    async run(call, timeoutMs, overdue) {
      const before = last
      const turn = Promise.withResolvers<void>()
      last = turn.promise
      let timer: NodeJS.Timeout | undefined
      try {
        await before
        if (isRunning) throw overdue()
        const outcome = call().finally(() => {
          isRunning = false
        })
        isRunning = true
        const limit = Promise.withResolvers<never>()
        timer = setTimeout(() => limit.reject(overdue()), timeoutMs)
        return await Promise.race([outcome, limit.promise])
      } finally {
        clearTimeout(timer)
        turn.resolve()
      }
    },
  }
}

/** The lane of the process: libuv's thread pool is the process's too. */
export const processLane = createLane()
