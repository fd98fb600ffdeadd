import { randomUUID } from 'node:crypto'
import { onMessagePortClose, onMessagePortMessage } from '@orpc/client/message-port'
import { StandardRPCHandler } from '@orpc/server/standard'
import { createServerPeerHandleRequestFn } from '@orpc/server/standard-peer'
import { ServerPeer } from '@orpc/standard-server-peer'
import type { ApiParts } from './api-context.ts'
import { router } from './router.ts'

/** A MessagePort of Node, of a browser or of Electron's main process. */
type Port = Parameters<typeof onMessagePortMessage>[0] & {
  postMessage(message: unknown): void
  close(): void
}

/**
 * Answers the contract's calls over a MessagePort, for a host that hands its window one. The caller has been checked; the port is to be
 * started. What is no call closes the port: oRPC's own handler would leave a rejection that nobody handles.
 */
export function serveApiOnPort(port: Port, parts: ApiParts): void {
  const handle = createServerPeerHandleRequestFn(new StandardRPCHandler(router), {
    context: { parts, sessionId: undefined },
  })
  const peer = new ServerPeer((message) => port.postMessage(message))

  async function answer(data: unknown): Promise<void> {
    try {
      if (typeof data !== 'string' && !(data instanceof Uint8Array)) throw new TypeError('A message is no call.')
      await peer.message(data, handle)
    } catch (error) {
      parts.onBug(randomUUID(), error)
      peer.close()
      port.close()
    }
  }

  onMessagePortMessage(port, (data) => void answer(data))
  onMessagePortClose(port, () => peer.close())
}
