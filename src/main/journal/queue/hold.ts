/** A wait for room, bounded: an endless trouble of one must not become an endless wait of many. */
export interface Hold {
  /** Undefined when there is room; otherwise resolves as soon as there is, or when waiting has turned out to be no use. */
  room(): Promise<void> | undefined
  /** Something has moved: those who wait go on if there is room now, and waiting is of use again. */
  moved(): void
  /** Nobody waits any longer. */
  release(): void
}

/**
 * Holds up those who bring more than is taken away. `isCrowded` tells whether there is no room; after `longestMs` in which nothing has moved,
 * nobody waits until something does.
 */
export function createHold(isCrowded: () => boolean, longestMs: number): Hold {
  let waiting: PromiseWithResolvers<void> | undefined
  let alarm: NodeJS.Timeout | undefined
  let isFutile = false

  function release(): void {
    clearTimeout(alarm)
    waiting?.resolve()
    waiting = undefined
  }

  return {
    room() {
      if (isFutile || !isCrowded()) return undefined
      if (waiting === undefined) {
        waiting = Promise.withResolvers()
        alarm = setTimeout(() => {
          isFutile = true
          release()
        }, longestMs)
      }
      return waiting.promise
    },
    moved() {
      isFutile = false
      if (waiting === undefined) return
      if (isCrowded()) alarm?.refresh()
      else release()
    },
    release,
  }
}
