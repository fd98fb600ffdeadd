import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import { createContext, useContext, useSyncExternalStore } from 'react'
import type { EngineClient } from '../../contract/contract.ts'
import type { Connection, ConnectionState } from './connection.ts'

/** The engine's procedures as queries and mutations of React Query. */
export function createEngineQueries(engine: EngineClient) {
  return createTanstackQueryUtils(engine)
}

export type EngineQueries = ReturnType<typeof createEngineQueries>

interface EngineAccess {
  readonly connection: Connection
  readonly queries: EngineQueries
}

export const EngineContext = createContext<EngineAccess | undefined>(undefined)

function useEngineAccess(): EngineAccess {
  const access = useContext(EngineContext)
  if (!access) throw new Error('there is no engine above this component')
  return access
}

/** Queries and mutations: `useQuery(useEngine().integrations.list.queryOptions())`. */
export function useEngine(): EngineQueries {
  return useEngineAccess().queries
}

export function useConnection(): Connection {
  return useEngineAccess().connection
}

export function useConnectionState(): ConnectionState {
  const connection = useConnection()
  return useSyncExternalStore(connection.subscribe, connection.state)
}

/** Whether what was heard at a moment, in ms since the epoch, may be old: the connection is lost, or was since. */
export function useIsBehind(heardAt: number): boolean {
  const state = useConnectionState()
  return state.kind === 'open' ? heardAt < state.since : state.kind === 'lost'
}
