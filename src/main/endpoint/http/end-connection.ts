import type { Duplex } from 'node:stream'

/**
 * Says a last thing on a connection and closes it, `withinMs` later at the latest where the other side leaves its own end open: a connection that
 * Node's HTTP server has given up or handed over is looked after by nobody else.
 */
export function endConnection(socket: Duplex, lastWords: string, withinMs: number): void {
  const timer = setTimeout(() => socket.destroy(), withinMs)
  timer.unref()
  socket.once('close', () => clearTimeout(timer))
  // What still comes is read into nothing: closing over unread bytes resets the connection, and takes the last words along.
  socket.resume()
  socket.end(lastWords)
}
