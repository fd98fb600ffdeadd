/** Where one HTTP answer lies in the bytes received so far. */
export interface AnswerFrame {
  readonly status: number
  readonly bodyStart: number
  /** End of the whole answer; undefined for a chunked one, whose end is found by its last chunk. */
  readonly end: number | undefined
}

const HEAD_END = '\r\n\r\n'
const LAST_CHUNK = '0\r\n\r\n'
const ZERO = 48

/** Reads the head of an answer, or returns undefined while it is incomplete. Only what the peers of a run send is understood. */
export function readFrame(bytes: Buffer): AnswerFrame | undefined {
  const headEnd = bytes.indexOf(HEAD_END)
  if (headEnd < 0) return undefined
  const head = bytes.toString('latin1', 0, headEnd)
  const status = (head.charCodeAt(9) - ZERO) * 100 + (head.charCodeAt(10) - ZERO) * 10 + (head.charCodeAt(11) - ZERO)
  const bodyStart = headEnd + HEAD_END.length
  if (status === 204 || status === 304) return { status, bodyStart, end: bodyStart }
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)
  if (length) return { status, bodyStart, end: bodyStart + Number(length[1]) }
  if (/\r\ntransfer-encoding: *chunked/i.test(head)) return { status, bodyStart, end: undefined }
  return { status, bodyStart, end: bodyStart }
}

/** True once the last chunk of a chunked answer has arrived. One request is in flight, so nothing can follow it. */
export function endsWithLastChunk(bytes: Buffer, bodyStart: number): boolean {
  const tail = bytes.length - LAST_CHUNK.length
  return tail >= bodyStart && bytes.toString('latin1', tail) === LAST_CHUNK
}

/** Joins the chunks of a complete chunked body. */
export function joinChunks(body: Buffer): Buffer {
  const parts: Buffer[] = []
  let offset = 0
  for (;;) {
    const lineEnd = body.indexOf('\r\n', offset)
    const size = Number.parseInt(body.toString('latin1', offset, lineEnd), 16)
    if (lineEnd < 0 || !(size > 0)) return Buffer.concat(parts)
    parts.push(body.subarray(lineEnd + 2, lineEnd + 2 + size))
    offset = lineEnd + 2 + size + 2
  }
}
