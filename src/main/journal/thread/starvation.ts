import type { ThreadState } from '../../background.ts'

/** A batch that takes longer is looked after, in ms; it usually takes some 10. */
const overdueMs = 200
/** For so long it is looked whether the thread works, in ms. */
const lookMs = 100

/** Looks after a thread that works only while a processor has nothing else to do. */
export interface StarvationWatch {
  /** It has been given work. */
  begin(): void
  /** It has done it. */
  end(): void
}

/**
 * Calls `onStarved` when the thread has had work for long and hardly gets a processor for it, as beside other programs that take them all. One that
 * waits for a disk is not starved. `look` tells what it is at; undefined when it is nothing to look after.
 */
export function watchForStarvation(look: () => ThreadState | undefined, onStarved: () => void): StarvationWatch {
  let timer: NodeJS.Timeout | undefined

  function lookAfter(): void {
    const before = look()
    timer = setTimeout(() => {
      const now = look()
      if (before?.isRunnable && now?.isRunnable && now.ranMs - before.ranMs < lookMs / 2) onStarved()
      else lookAfter()
    }, lookMs)
    timer.unref()
  }

  return {
    begin() {
      clearTimeout(timer)
      timer = setTimeout(lookAfter, overdueMs)
      timer.unref()
    },
    end: () => clearTimeout(timer),
  }
}
