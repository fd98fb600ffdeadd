import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { networkOfAddress } from '../../network-of-address.ts'

/** What bounds the connections of a server. */
export interface ConnectionRoom {
  /** Somebody who has shown who they are uses this connection: it makes way for nobody. */
  vouch(socket: Socket): void
  /** Breaks off all that are open, those too that the server's `closeAllConnections` does not know of: where TLS has not begun yet. */
  breakOff(): void
}

/** Names a connection; the socket of TLS and the one beneath it have the same name. */
function nameOf({ remoteAddress, remotePort, localAddress }: Socket): string {
  return `${remoteAddress} ${remotePort} ${localAddress}`
}

/**
 * Bounds the open connections of a server such that strangers cannot keep out those who belong there. When there is one too many, the one that
 * goes is the oldest of the network from which most of those came that nobody has vouched for.
 */
export function boundConnections(server: Server, most: number): ConnectionRoom {
  const open = new Map<string, Socket>()
  /** Those that nobody has vouched for, by their network, the oldest first. */
  const strangers = new Map<string, Set<Socket>>()

  function noStranger(socket: Socket, network: string): void {
    const others = strangers.get(network)
    others?.delete(socket)
    if (others?.size === 0) strangers.delete(network)
  }

  function oneTooMany(): Socket | undefined {
    let largest: ReadonlySet<Socket> | undefined
    for (const each of strangers.values()) if (each.size > (largest?.size ?? 0)) largest = each
    const [oldest] = largest ?? []
    return oldest
  }

  server.on('connection', (socket: Socket) => {
    if (socket.remoteAddress === undefined) return // gone already
    const name = nameOf(socket)
    const network = networkOfAddress(socket.remoteAddress)
    const leave = () => {
      if (open.get(name) === socket) open.delete(name)
      noStranger(socket, network)
    }
    open.set(name, socket)
    const others = strangers.get(network)
    if (others) others.add(socket)
    else strangers.set(network, new Set([socket]))
    socket.once('close', leave)
    if (open.size <= most) return
    const victim = oneTooMany() ?? socket
    open.delete(nameOf(victim))
    victim.destroy()
  })

  return {
    vouch(socket) {
      const known = open.get(nameOf(socket))
      if (known?.remoteAddress !== undefined) noStranger(known, networkOfAddress(known.remoteAddress))
    },
    breakOff() {
      for (const socket of open.values()) socket.destroy()
    },
  }
}
