import type { Outcome } from './command.ts'
import type { CommandQueue } from './threaded-writer.ts'

/** Starts a writer. `onGone` is called when it has ended by itself. Rejects when it cannot be started. */
type StartWriter = (onGone: (why: string) => void) => Promise<CommandQueue>

const gone: Outcome = { kind: 'store-error', problem: 'The writer has stopped and cannot be started again.' }

/**
 * A writer whose thread is started anew when it has ended by itself, as over one request that takes more memory than the thread has: the
 * others must not wait for a person. What it had is answered as interrupted. The next command starts a new one, and what comes meanwhile
 * waits for it; where none can be started, each command tries it again. Rejects as `start` does for the first.
 */
export async function keepWriter(start: StartWriter, onTrouble: (message: string) => void): Promise<CommandQueue> {
  let ready: CommandQueue | undefined
  let starting: Promise<CommandQueue | undefined> | undefined
  let isClosed = false

  function onGone(why: string): void {
    ready = undefined
    onTrouble(`The writer's thread ended (${why}). The next write starts it anew.`)
  }

  async function begin(): Promise<CommandQueue | undefined> {
    try {
      ready = await start(onGone)
    } catch (error) {
      onTrouble(`The writer's thread cannot be started: ${error instanceof Error ? error.message : String(error)}`)
    }
    return ready
  }

  function beginAgain(): Promise<CommandQueue | undefined> {
    // `start` may throw at once, as where the machine has no thread left; this runs behind the assignment all the same.
    starting ??= begin().finally(() => (starting = undefined))
    return starting
  }

  ready = await start(onGone)
  return {
    execute(command) {
      if (ready) return ready.execute(command)
      if (isClosed) return Promise.resolve(gone)
      return beginAgain().then((queue) => queue?.execute(command) ?? gone)
    },
    async close() {
      isClosed = true
      await starting
      await ready?.close()
    },
  }
}
