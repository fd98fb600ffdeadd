/** Runs something long that Ctrl+C ends in good order: the signal is aborted, and it is for `run` to say what that means. */
export async function interruptible<Result>(run: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const interrupted = new AbortController()
  const interrupt = () => interrupted.abort()
  process.once('SIGINT', interrupt)
  try {
    return await run(interrupted.signal)
  } finally {
    process.off('SIGINT', interrupt)
  }
}
