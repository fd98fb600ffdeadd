const askEveryMs = 15_000
/** A large answer over a slow line may be before the one that is waited for, in ms. */
const patienceMs = 60_000

/** Resolves after a time in ms, or as soon as the signal is aborted. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
  })
}

/**
 * Asks again and again, and resolves when a question has had no answer for a minute, or at the end of the signal. A connection of which the
 * other end is gone without a word, as after a change of the network, looks open to a browser for a quarter of an hour; so does a server
 * that hangs.
 *
 * @param ask Any answer will do, also one that rejects.
 */
export async function untilSilent(ask: () => Promise<unknown>, ended: AbortSignal): Promise<void> {
  for (;;) {
    await pause(askEveryMs, ended)
    if (ended.aborted) return
    const answered = new AbortController()
    const answer = () => answered.abort()
    ask().then(answer, answer)
    await pause(patienceMs, AbortSignal.any([ended, answered.signal]))
    if (ended.aborted || !answered.signal.aborted) return
  }
}
