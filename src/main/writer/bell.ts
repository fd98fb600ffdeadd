/** How long the writer's thread stays awake for a ring that is expected, in ms: what a client and the endpoint need between two commands. */
const watchMs = 0.5

/** What wakes the writer's thread. Both threads build theirs over the same memory. */
export interface Bell {
  /** How often it has been rung. */
  rings(): number
  ring(): void
  /** Whether, once the writer is idle, the next ring is worth staying awake for. */
  expectRing(isExpected: boolean): void
  /** Returns once it has been rung more often than this. */
  untilRung(rings: number): void
}

const countAt = 0
const expectationAt = 1

/** The memory of one bell, which both threads share. */
export function createBellMemory(): SharedArrayBuffer {
  return new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT)
}

/** A bell over memory of `createBellMemory`. */
export function createBell(memory: SharedArrayBuffer): Bell {
  const words = new Int32Array(memory)
  const rings = () => Atomics.load(words, countAt)
  return {
    rings,
    ring() {
      Atomics.add(words, countAt, 1)
      Atomics.notify(words, countAt)
    },
    expectRing: (isExpected) => void Atomics.store(words, expectationAt, isExpected ? 1 : 0),
    untilRung(known) {
      if (Atomics.load(words, expectationAt) === 1) {
        const until = performance.now() + watchMs
        while (rings() === known && performance.now() < until);
      }
      Atomics.wait(words, countAt, known)
    },
  }
}
