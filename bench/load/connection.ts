import { connect, type Socket } from 'node:net'
import { endsWithLastChunk, joinChunks, readFrame, type AnswerFrame } from './answer-frame.ts'

export interface Answer {
  readonly status: number
  /** Valid until the next exchange on the same connection: it may lie in the connection's own buffer. */
  readonly body: Buffer
}

export interface Address {
  readonly host: string
  readonly port: number
}

const RECEIVE_BYTES = 64 * 1024
const SILENCE_MS = 60_000

interface Waiting {
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: Error) => void
}

/**
 * One keep-alive connection with one request in flight. It speaks just enough HTTP to measure a server with:
 * client and server share the machine, so each microsecond spent here is taken from the server.
 */
export class Connection {
  readonly #address: Address
  // The socket reads straight into this buffer: no allocation for an answer that arrives whole.
  readonly #incoming = Buffer.allocUnsafeSlow(RECEIVE_BYTES)
  #gathered = Buffer.alloc(0)
  #gatheredLength = 0
  #frame: AnswerFrame | undefined
  #socket: Socket | undefined
  #waiting: Waiting | undefined

  constructor(address: Address) {
    this.#address = address
  }

  /** Sends the text of one whole request (ASCII only) and returns its answer. Rejects when the connection breaks or is silent for a minute. */
  async exchange(request: string): Promise<Answer> {
    const socket = this.#socket ?? (await this.open())
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
      socket.write(request, 'latin1')
    })
  }

  async open(): Promise<Socket> {
    return new Promise((resolve, reject) => {
      const socket = connect({
        host: this.#address.host,
        port: this.#address.port,
        noDelay: true,
        onread: {
          buffer: this.#incoming,
          callback: (length) => {
            this.#receive(length)
            return true
          },
        },
      })
      socket.setTimeout(SILENCE_MS, () => socket.destroy(new Error('no answer within a minute')))
      socket.once('connect', () => {
        this.#socket = socket
        resolve(socket)
      })
      socket.once('error', (error) => {
        reject(error)
        this.#break(error)
      })
      socket.once('close', () => this.#break(new Error('the server closed the connection')))
    })
  }

  close(): void {
    this.#socket?.destroy()
    this.#socket = undefined
  }

  #break(error: Error): void {
    this.#socket = undefined
    this.#frame = undefined
    this.#gatheredLength = 0
    const waiting = this.#waiting
    this.#waiting = undefined
    waiting?.reject(error)
  }

  #receive(length: number): void {
    const bytes = this.#gatheredLength === 0 ? this.#incoming.subarray(0, length) : this.#gather(length)
    this.#frame ??= readFrame(bytes)
    const frame = this.#frame
    if (frame === undefined || !isComplete(frame, bytes)) {
      if (this.#gatheredLength === 0) this.#gather(length)
      return
    }
    this.#frame = undefined
    this.#gatheredLength = 0
    const waiting = this.#waiting
    this.#waiting = undefined
    waiting?.resolve({ status: frame.status, body: bodyOf(frame, bytes) })
  }

  #gather(length: number): Buffer {
    const total = this.#gatheredLength + length
    if (total > this.#gathered.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(total, this.#gathered.length * 2, 4 * RECEIVE_BYTES))
      this.#gathered.copy(grown, 0, 0, this.#gatheredLength)
      this.#gathered = grown
    }
    this.#incoming.copy(this.#gathered, this.#gatheredLength, 0, length)
    this.#gatheredLength = total
    return this.#gathered.subarray(0, total)
  }
}

function isComplete(frame: AnswerFrame, bytes: Buffer): boolean {
  return frame.end === undefined ? endsWithLastChunk(bytes, frame.bodyStart) : bytes.length >= frame.end
}

function bodyOf(frame: AnswerFrame, bytes: Buffer): Buffer {
  return frame.end === undefined
    ? joinChunks(bytes.subarray(frame.bodyStart))
    : bytes.subarray(frame.bodyStart, frame.end)
}
