import { createRouterClient } from '@orpc/server'
import type { EngineClient } from '../../contract/contract.ts'
import { createConsolePassword } from '../access/console-password.ts'
import { createConsoleSessions, type ConsoleSessions } from '../access/console-sessions.ts'
import { startEngine, type RunningEngine, type RunningEngineOptions } from '../running-engine.fixture.ts'
import type { ApiParts } from './api-context.ts'
import { router } from './router.ts'

/** The contract over a running engine, called without any transport. */
export interface RunningApi extends RunningEngine {
  readonly api: EngineClient
  readonly parts: ApiParts
  readonly sessions: ConsoleSessions
  /** What was logged, with the id that the caller was told. */
  readonly bugs: readonly (readonly [id: string, error: unknown])[]
}

export async function startApi(options: RunningEngineOptions = {}): Promise<RunningApi> {
  const running = await startEngine(options)
  const { engine } = running
  const { administer, reads, clock } = engine
  const bugs: (readonly [string, unknown])[] = []
  const sessions = createConsoleSessions({ administer, reads, clock })
  const parts: ApiParts = {
    engine,
    sessions,
    password: createConsolePassword({ administer, reads, clock, vault: async () => (await engine.vault()).vault }),
    startedAt: clock(),
    onBug: (id, error) => void bugs.push([id, error]),
  }
  const api: EngineClient = createRouterClient(router, { context: { parts, sessionId: undefined } })
  return { ...running, api, parts, sessions, bugs }
}
