import { connect, type Socket } from 'node:net'

export interface RawAnswer {
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
}

/** What came back: an answer, or the connection's end, or nothing within the time. */
export type Outcome = RawAnswer | 'closed' | 'silent'

/** One keep-alive connection that sends bytes as they are given, well-formed HTTP or not. */
export interface RawConnection {
  readonly isOpen: boolean
  write(bytes: string | Buffer): void
  /** Tells the server that nothing more will come; what it has to say can still be read. */
  end(): void
  /** The next answer. `toHead` says that it belongs to a HEAD request and so has no body. */
  answer(withinMs: number, toHead?: boolean): Promise<Outcome>
  close(): void
}

const noBody = new Set([204, 304])

function readChunks(rest: Buffer): { readonly body: Buffer; readonly used: number } | undefined {
  const parts: Buffer[] = []
  let used = 0
  for (;;) {
    const end = rest.indexOf('\r\n', used)
    if (end < 0) return undefined
    const size = Number.parseInt(rest.toString('latin1', used, end), 16)
    const next = end + 2 + size + 2
    if (!(next <= rest.length)) return undefined
    if (size === 0) return { body: Buffer.concat(parts), used: next }
    parts.push(rest.subarray(end + 2, end + 2 + size))
    used = next
  }
}

/** Takes one whole answer from the front of what was received. */
function takeAnswer(
  received: Buffer,
  toHead: boolean,
): { readonly answer: RawAnswer; readonly rest: Buffer } | undefined {
  const headEnd = received.indexOf('\r\n\r\n')
  if (headEnd < 0) return undefined
  const [statusLine = '', ...lines] = received.toString('latin1', 0, headEnd).split('\r\n')
  const status = Number(statusLine.split(' ')[1])
  const headers = new Map(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  )
  const rest = received.subarray(headEnd + 4)
  const done = (body: Buffer, used: number) => ({
    answer: { status, headers, body: body.toString() },
    rest: rest.subarray(used),
  })
  if (status === 100) return takeAnswer(rest, toHead)
  if (toHead || noBody.has(status)) return done(Buffer.alloc(0), 0)
  if (headers.get('transfer-encoding') === 'chunked') {
    const chunked = readChunks(rest)
    return chunked && done(chunked.body, chunked.used)
  }
  const length = Number(headers.get('content-length') ?? 0)
  return rest.length < length ? undefined : done(rest.subarray(0, length), length)
}

export function openRawConnection(port: number): RawConnection {
  let received: Buffer = Buffer.alloc(0)
  let isOpen = true
  let wake: (() => void) | undefined
  const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true })
  socket.on('data', (chunk) => {
    received = received.length === 0 ? Buffer.from(chunk) : Buffer.concat([received, Buffer.from(chunk)])
    wake?.()
  })
  // A reset is one of the ways in which a server may refuse broken HTTP; `close` follows it.
  socket.on('error', () => socket.destroy())
  const onEnd = () => {
    isOpen = false
    wake?.()
  }
  socket.on('end', onEnd)
  socket.on('close', onEnd)
  return {
    get isOpen() {
      return isOpen
    },
    write: (bytes) => void socket.write(bytes),
    end: () => void socket.end(),
    answer(withinMs, toHead = false) {
      return new Promise((resolve) => {
        const timer = setTimeout(() => finish('silent'), withinMs)
        const finish = (outcome: Outcome) => {
          clearTimeout(timer)
          wake = undefined
          resolve(outcome)
        }
        wake = () => {
          const taken = takeAnswer(received, toHead)
          if (taken !== undefined) {
            received = taken.rest
            if (taken.answer.headers.get('connection') === 'close') isOpen = false
            finish(taken.answer)
          } else if (!isOpen) finish('closed')
        }
        wake()
      })
    },
    close: () => void socket.destroy(),
  }
}
