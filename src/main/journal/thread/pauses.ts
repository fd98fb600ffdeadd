/** So long a thread works without a pause, in ms. A thread that is woken meanwhile on the same processor waits so long at most. */
const workMs = 0.3

/** The shortest sleep there is. It takes some 0.06 ms, and gives the processor away. */
const sleepMs = 0.01

/** Long work in pieces, with a moment for other threads between two of them (docs/decisions/0015). */
export interface Pauses {
  /** Work begins. */
  begin(): void
  /** Between two pieces of it: pauses when it has lasted long enough. */
  between(): void
}

interface Clock {
  readonly now: () => number
  readonly sleep: (milliseconds: number) => void
}

const cell = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))

const realClock: Clock = {
  now: () => performance.now(),
  sleep: (milliseconds) => void Atomics.wait(cell, 0, 0, milliseconds),
}

export function createPauses({ now, sleep }: Clock = realClock): Pauses {
  let since = 0
  return {
    begin() {
      since = now()
    },
    between() {
      if (now() - since < workMs) return
      sleep(sleepMs)
      since = now()
    },
  }
}
