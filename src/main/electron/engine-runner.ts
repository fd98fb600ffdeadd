import { takeDataDirLock, type DataDirLock } from '../data-dir/data-dir-lock.ts'
import type { Engine } from '../engine.ts'
import type { EngineHost } from '../engine-host.ts'
import type { LaunchOptions } from '../launch-options.ts'
import { openHostedEngine, type HostedEngine, type HostParts } from './hosted-engine.ts'

interface RunnerParts extends HostParts {
  readonly launch: LaunchOptions
  /** Why the engine cannot be opened: resolves to whether to try again. */
  readonly onUnable: (error: unknown) => Promise<boolean>
  /** What was to be done between two openings has failed: one sentence. */
  readonly onFailed: (problem: string) => void
  /** The engine is open anew. */
  readonly onOpened: (hosted: HostedEngine) => void
  /** The engine is about to be closed. */
  readonly onClosing: () => void
  /** The engine cannot be opened, and the person does not want to try again. */
  readonly onGivenUp: () => void
}

/** The engine of the desktop app, which can be closed and opened anew while the app goes on. */
export interface EngineRunner {
  /** Undefined while it is not open. */
  current(): HostedEngine | undefined
  /** Opens it. Resolves to nothing when the person has given up. */
  start(): Promise<HostedEngine | undefined>
  /** Answers what is under way and closes it, for good. */
  close(): Promise<void>
}

/** How it is opened again: a port that was picked stays, and what was said of the vault held for the first start. */
function asOpened(launch: LaunchOptions, url: string): LaunchOptions {
  const port = launch.port === 0 ? Number(new URL(url).port) : launch.port
  return { ...launch, port, vault: undefined }
}

/**
 * Takes the data directory for this process alone, opens the engine on it, and opens it anew when the engine wants to (after a restore). Two
 * servers may share a data directory; two windows would only confuse.
 */
export function createEngineRunner(parts: RunnerParts): EngineRunner {
  let launch = parts.launch
  let lock: DataDirLock | undefined
  let hosted: HostedEngine | undefined
  let isClosed = false
  // One step after another: quitting waits for the end of a restart.
  let queue: Promise<void> = Promise.resolve()

  const engineHost: EngineHost = {
    restart(work, after) {
      queue = queue.then(() => reopen(work, after))
    },
  }

  async function open(): Promise<HostedEngine | undefined> {
    for (;;) {
      try {
        lock ??= takeDataDirLock(launch.dataDir, Date.now)
        hosted = await openHostedEngine(parts, launch, engineHost)
        launch = asOpened(launch, hosted.url)
        return hosted
      } catch (error) {
        if (await parts.onUnable(error)) continue
        lock?.release()
        parts.onGivenUp()
        return undefined
      }
    }
  }

  async function shut(): Promise<void> {
    const closing = hosted
    hosted = undefined
    parts.onClosing()
    await closing?.close()
  }

  /** Does one step of a restart; one that fails is told, and the restart goes on. */
  async function attempt(step: () => void | Promise<void>): Promise<boolean> {
    try {
      await step()
      return true
    } catch (error) {
      parts.onFailed(error instanceof Error ? error.message : String(error))
      return false
    }
  }

  async function reopen(work: () => void, after: (engine: Engine) => Promise<void>): Promise<void> {
    if (isClosed) return
    await attempt(shut)
    const isDone = await attempt(work)
    const opened = await open()
    if (!opened) return
    if (isDone) await attempt(() => after(opened.engine))
    parts.onOpened(opened)
  }

  return {
    current: () => hosted,
    start: open,
    async close() {
      isClosed = true
      await queue
      try {
        await shut()
      } finally {
        lock?.release()
      }
    },
  }
}
