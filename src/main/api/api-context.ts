import type { ConsolePassword } from '../access/console-password.ts'
import type { ConsoleSessions } from '../access/console-sessions.ts'
import type { Engine } from '../engine.ts'
import type { EngineHost } from '../engine-host.ts'

/** What the handlers work with. */
export interface ApiParts {
  readonly engine: Engine
  readonly sessions: ConsoleSessions
  readonly password: ConsolePassword
  /** Undefined where the host cannot begin anew by itself. */
  readonly host?: EngineHost
  /** Ms since the epoch. */
  readonly startedAt: number
  /** Writes what a failure was to the log, under the id that the caller is told. */
  readonly onBug: (id: string, error: unknown) => void
}

/** What comes with each call. A transport makes it; a handler does not know which. */
export interface ApiContext {
  readonly parts: ApiParts
  /** The console session that calls; undefined for the desktop window, which has none. */
  readonly sessionId: number | undefined
}
