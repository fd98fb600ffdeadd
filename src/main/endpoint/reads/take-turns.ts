import type { ServerResponse } from 'node:http'
import type { ConnectionMemory } from '../request-context.ts'

/** No client of SCIM is known to send even two requests before it has read the first answer. */
const mostWaiting = 100

/**
 * Lets the requests of one connection in one after the other, each when the answer before it has gone out: all that a client sends without reading
 * would be worked on at once otherwise, and held in memory until it reads. One that waits for too many answers loses its connection. A request
 * behind an answer that closed the connection is never let in (RFC 9112 §9.6).
 */
export function takeTurns(connection: ConnectionMemory, response: ServerResponse, letIn: () => void): void {
  const before = connection.answer
  connection.answer = response
  if (before === undefined || before.writableFinished) {
    letIn()
    return
  }
  if (connection.waiting >= mostWaiting) {
    response.req.socket.destroy()
    return
  }
  connection.waiting += 1
  before.once('close', () => {
    connection.waiting -= 1
    if (response.req.socket.writable) letIn()
  })
}
