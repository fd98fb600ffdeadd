const endSignals = ['SIGTERM', 'SIGINT'] as const

/** One Ctrl+C arrives more than once, from the terminal and from every npm in between; what comes within this time, in ms, is the same one. */
const sameRequestMs = 1000

/**
 * Calls `asked` at the first SIGTERM or Ctrl+C, so that what is under way ends in good order. A later one ends the process at once: whoever asks again
 * does not want to wait. Returns what stops the listening.
 */
export function onAskedToEnd(asked: () => void): () => void {
  let since: number | undefined
  const hear = () => {
    if (since === undefined) {
      since = performance.now()
      asked()
    } else if (performance.now() - since > sameRequestMs) process.exit(1)
  }
  for (const each of endSignals) process.on(each, hear)
  return () => {
    for (const each of endSignals) process.off(each, hear)
  }
}
