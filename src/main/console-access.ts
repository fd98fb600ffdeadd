import { createConsolePassword, type ConsolePassword } from './access/console-password.ts'
import { createConsoleSessions, type ConsoleSessions } from './access/console-sessions.ts'
import type { Engine } from './engine.ts'

/** Who may open the console. */
export interface ConsoleAccess {
  readonly sessions: ConsoleSessions
  readonly password: ConsolePassword
}

export function createConsoleAccess(engine: Engine): ConsoleAccess {
  const { administer, reads, clock } = engine
  return {
    sessions: createConsoleSessions({ administer, reads, clock }),
    password: createConsolePassword({ administer, reads, clock, vault: async () => (await engine.vault()).vault }),
  }
}
