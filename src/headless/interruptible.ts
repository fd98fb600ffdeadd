import { onAskedToEnd } from './end-signals.ts'

/** Runs something long that Ctrl+C, or SIGTERM, ends in good order: the signal is aborted, and it is for `run` to say what that means. */
export async function interruptible<Result>(run: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const interrupted = new AbortController()
  const stopListening = onAskedToEnd(() => interrupted.abort())
  try {
    return await run(interrupted.signal)
  } finally {
    stopListening()
  }
}
