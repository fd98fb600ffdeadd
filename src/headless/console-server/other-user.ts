import { readFileSync } from 'node:fs'
import type { Socket } from 'node:net'

/** Linux lists the connections of this machine there, each with the number of the user whose process holds it. */
const usualTables = ['/proc/net/tcp', '/proc/net/tcp6']

function linesOf(table: string): readonly string[] {
  try {
    return readFileSync(table, 'utf8').split('\n')
  } catch {
    return [] // another system, or one that does not tell
  }
}

/** `0100007F:1F90` */
function portOf(address: string | undefined): number {
  return Number.parseInt(address?.split(':')[1] ?? '', 16)
}

/**
 * The numbers of the users who may hold the other end of a connection from this machine; none where the system does not tell. Only ports are
 * compared: a connection of the same ports between other addresses of this machine makes one more, and hides none.
 */
export function ownersOf(
  { remotePort, localPort }: Pick<Socket, 'remotePort' | 'localPort'>,
  tables: readonly string[] = usualTables,
): readonly number[] {
  return tables.flatMap(linesOf).flatMap((line) => {
    const [, local, remote, , , , , uid] = line.trim().split(/\s+/)
    return portOf(local) === remotePort && portOf(remote) === localPort ? [Number(uid)] : []
  })
}

/** Whether a connection comes from a process of another user of this machine. What root forwards, as to a system within this one, does not. */
export function isOfAnotherUser(socket: Pick<Socket, 'remotePort' | 'localPort'>, tables?: readonly string[]): boolean {
  const self = process.getuid?.()
  return self !== undefined && ownersOf(socket, tables).some((uid) => uid !== self && uid !== 0)
}
