/** Those who wait for an answer, each with a number that the answer will bear. Numbers are used again. */
export interface WaitingRoom<Answer> {
  /** Returns the number. */
  enter(settle: (answer: Answer) => void): number
  call(number: number, answer: Answer): void
  callAll(answer: Answer): void
  count(): number
}

/**
 * An array and not a `Map`: a map that is filled and emptied all the time is made anew every few requests, and the tables that are thrown away
 * keep whole requests alive until the old generation is collected.
 */
export function createWaitingRoom<Answer>(): WaitingRoom<Answer> {
  const places: (((answer: Answer) => void) | undefined)[] = []
  const free: number[] = []

  function call(number: number, answer: Answer): void {
    const settle = places[number]
    if (settle === undefined) return
    places[number] = undefined
    free.push(number)
    settle(answer)
  }

  return {
    enter(settle) {
      const number = free.pop() ?? places.length
      places[number] = settle
      return number
    },
    call,
    callAll(answer) {
      for (const number of places.keys()) call(number, answer)
    },
    count: () => places.length - free.length,
  }
}
