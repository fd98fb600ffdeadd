import type { Engine } from './engine.ts'

/** Whoever runs the engine: a command line, or a desktop app. */
export interface EngineHost {
  /**
   * Closes the console, the endpoint and the engine, does the work while nothing is open, and opens everything again at the same addresses.
   * Then `after` is called with the new engine. Returns at once; the connections of the console are lost meanwhile.
   */
  restart(work: () => void, after: (engine: Engine) => Promise<void>): void
}
