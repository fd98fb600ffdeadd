import { endProcess } from '../main/end-process.ts'

/** Ctrl+C, the service manager, and a terminal or an SSH session that is closed. */
const endSignals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const

/** One Ctrl+C arrives more than once, from the terminal and from every npm in between; what comes within this time, in ms, is the same one. */
const sameRequestMs = 1000

/**
 * Calls `asked` at the first SIGTERM, Ctrl+C or SIGHUP, so that what is under way ends in good order. A later one ends the process at once: whoever
 * asks again does not want to wait. But a SIGHUP nobody sends for that: shell and system each send one when a terminal is closed, at their
 * own times. Returns what stops the listening.
 */
export function onAskedToEnd(asked: () => void): () => void {
  let since: number | undefined
  const hear = (signal: NodeJS.Signals) => {
    if (since === undefined) {
      since = performance.now()
      asked()
    } else if (signal !== 'SIGHUP' && performance.now() - since > sameRequestMs) endProcess(1)
  }
  for (const each of endSignals) process.on(each, hear)
  return () => {
    for (const each of endSignals) process.off(each, hear)
  }
}
