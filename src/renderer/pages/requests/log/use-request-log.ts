import { useEffect, useSyncExternalStore } from 'react'
import type { RequestTerm } from '../../../../contract/request-filter.ts'
import type { Connection } from '../../../rpc/connection.ts'
import { useConnection } from '../../../rpc/engine.ts'
import { createRequestLog, type LogView, type RequestLog } from './request-log.ts'

const logs = new WeakMap<Connection, RequestLog>()

/** Between two pictures of a list that grows, in ms: nobody reads faster, and each costs the browser some work. */
const betweenPicturesMs = 80

/** The log of a connection: one, so that a view that is held survives leaving the screen. */
function logOf(connection: Connection): RequestLog {
  const known = logs.get(connection)
  if (known) return known
  const log = createRequestLog({
    connection,
    beforeDrawing: (work) => void setTimeout(() => requestAnimationFrame(work), betweenPicturesMs),
  })
  logs.set(connection, log)
  return log
}

/** The live log, showing what matches while the screen is there. What stands in it is read by `useLogView`. */
export function useRequestLog(filter: readonly RequestTerm[]): RequestLog {
  const log = logOf(useConnection())
  const key = JSON.stringify(filter)
  useEffect(() => {
    const terms: RequestTerm[] = JSON.parse(key)
    log.show(terms)
  }, [log, key])
  useEffect(() => log.watch(), [log])
  return log
}

/** What the log shows now. Whoever uses it is drawn anew whenever requests come: only what shows them should. */
export function useLogView(log: RequestLog): LogView {
  return useSyncExternalStore(log.subscribe, log.view)
}

/** Whether the view is held. */
export function useIsHeld(log: RequestLog): boolean {
  return useSyncExternalStore(log.subscribe, () => log.view().held !== undefined)
}

/** Whether something has been read. */
export function useIsLoaded(log: RequestLog): boolean {
  return useSyncExternalStore(log.subscribe, () => !log.view().isLoading)
}

/** How many requests have come since the view was held; undefined while it is not. */
export function useHeldRequests(): number | undefined {
  const log = logOf(useConnection())
  return useSyncExternalStore(log.subscribe, () => log.view().held)
}
