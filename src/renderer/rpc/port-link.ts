import { RPCLink } from '@orpc/client/message-port'
import { portMessage } from '../../contract/port.ts'
import type { LiveLink } from './connection.ts'

/** Over a MessagePort to the engine of the desktop app, whose preload script passes the other end on. */
export function openPortLink(): Promise<LiveLink> {
  const { port1, port2 } = new MessageChannel()
  const closed = new Promise<void>((resolve) => {
    port1.addEventListener('close', () => resolve())
  })
  // The page's own origin: nobody else is to get the port.
  window.postMessage(portMessage, location.origin, [port2])
  port1.start()
  return Promise.resolve({ link: new RPCLink({ port: port1 }), closed, close: () => port1.close() })
}
