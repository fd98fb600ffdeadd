import { useEffect, useSyncExternalStore } from 'react'
import type { RequestTerm } from '../../../../contract/request-filter.ts'
import type { Connection } from '../../../rpc/connection.ts'
import { useConnection } from '../../../rpc/engine.ts'
import { createRequestLog, type LogView, type RequestLog } from './request-log.ts'

const logs = new WeakMap<Connection, RequestLog>()

/** The log of a connection: one, so that a view that is held survives leaving the screen. */
function logOf(connection: Connection): RequestLog {
  const known = logs.get(connection)
  if (known) return known
  const log = createRequestLog({ connection, beforeDrawing: (work) => void requestAnimationFrame(work) })
  logs.set(connection, log)
  return log
}

/** The live log, showing what matches while the screen is there. */
export function useRequestLog(filter: readonly RequestTerm[]): { readonly log: RequestLog; readonly view: LogView } {
  const log = logOf(useConnection())
  const key = JSON.stringify(filter)
  useEffect(() => {
    const terms: RequestTerm[] = JSON.parse(key)
    log.show(terms)
  }, [log, key])
  useEffect(() => log.watch(), [log])
  return { log, view: useSyncExternalStore(log.subscribe, log.view) }
}

/** How many requests have come since the view was held; undefined while it is not. */
export function useHeldRequests(): number | undefined {
  const log = logOf(useConnection())
  return useSyncExternalStore(log.subscribe, () => log.view().held)
}
