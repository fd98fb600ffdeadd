import { useSyncExternalStore } from 'react'

/** The clock of the page is behind by up to this, in ms. */
const tickMs = 10_000

let now = Date.now()
let timer: ReturnType<typeof setInterval> | undefined
const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    now = Date.now()
    for (const each of listeners) each()
  }, tickMs)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

function read(): number {
  // Nobody has listened for a while: the first who looks must not see an old time.
  if (timer === undefined) now = Date.now()
  return now
}

/** The time in ms since the epoch, with a step every ten seconds: all ages on a screen change together. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, read)
}
