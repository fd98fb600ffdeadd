/** Work that can be put down between any two of its steps, and ends with a result. */
export type Steps<Result> = Generator<undefined, Result, undefined>

/** Does all of it in one go, for whoever waits for nothing else. */
export function atOnce<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}
