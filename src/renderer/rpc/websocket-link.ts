import { RPCLink } from '@orpc/client/websocket'
import type { LiveLink } from './connection.ts'
import { pageSecret, readSession } from './session.ts'
import { untilSilent } from './until-silent.ts'

const openTimeoutMs = 10_000

function untilOpen(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => socket.close(), openTimeoutMs)
    socket.addEventListener('open', () => {
      clearTimeout(timer)
      resolve()
    })
    socket.addEventListener('close', () => {
      clearTimeout(timer)
      reject(new Error('the WebSocket closed before it was open'))
    })
  })
}

/** Over a WebSocket to the server that this page came from. A browser does not say why an upgrade was refused, so the session is asked for first. */
export async function openWebSocketLink(): Promise<LiveLink | 'signed-out'> {
  const { signedIn } = await readSession()
  if (!signedIn) return 'signed-out'
  const url = new URL('/rpc', location.href)
  url.protocol = url.protocol.replace('http', 'ws')
  const socket = new WebSocket(url, ['rollcall', pageSecret()])
  const ended = new AbortController()
  socket.addEventListener('close', () => ended.abort())
  await untilOpen(socket)
  const link = new RPCLink({ websocket: socket })
  const closed = untilSilent(() => link.call(['system', 'status'], undefined, { context: {} }), ended.signal)
  // The browser itself waits long for the other end before it says that a connection is closed.
  const close = () => {
    ended.abort()
    socket.close()
  }
  return { link, closed: closed.then(close), close }
}
