import { RPCHandler } from '@orpc/server/message-port'
import type { ApiParts } from './api-context.ts'
import { router } from './router.ts'

/** What a port needs to be, of Node, of a browser or of Electron's main process. */
type Port = Parameters<RPCHandler<never>['upgrade']>[0]

/** Answers the contract's calls over a MessagePort, for a host that hands its window one. The caller has been checked; the port is to be started. */
export function serveApiOnPort(port: Port, parts: ApiParts): void {
  new RPCHandler(router).upgrade(port, { context: { parts, sessionId: undefined } })
}
