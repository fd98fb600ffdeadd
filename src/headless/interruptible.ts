import { onAskedToEnd } from './end-signals.ts'

/**
 * Runs something long that Ctrl+C, SIGTERM or SIGHUP ends in good order: the signal is aborted, and it is for `run` to say what that means. The
 * process ends after that, and one Ctrl+C may arrive again until it has, so that it is still listened to then.
 */
export async function interruptible<Result>(run: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const interrupted = new AbortController()
  const stopListening = onAskedToEnd(() => interrupted.abort())
  try {
    return await run(interrupted.signal)
  } finally {
    if (!interrupted.signal.aborted) stopListening()
  }
}
