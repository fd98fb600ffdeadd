import type { Writable } from 'node:stream'
import { printable } from './printable.ts'
import { errorCode } from '../../main/error-code.ts'

/** A stream of this process, written without filling memory and without a stack trace when nobody reads on. */
export interface Output {
  /** Resolves when more may be written; at once when the reader has gone, as after `| head`. Never rejects. */
  write(text: string): Promise<void>
  /** Writes a line of a file, which may hold what others wrote: as it is into a file or a pipe, and on a terminal so that it moves no cursor. */
  writeLine(line: string): Promise<void>
  /** Whether nothing arrives any more: what streams much stops then. */
  isBroken(): boolean
  /** Resolves when everything written has left this process, so that its end cuts nothing off. Rejects, with one line, when it could not be written. */
  flush(): Promise<void>
}

/** A reader that has seen enough is no failure. */
function isGone(error: Error): boolean {
  return 'code' in error && (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED')
}

/** Writing does not hold a command up, so that it has been carried out when this is told. */
function lost(error: Error): Error {
  const code = errorCode(error)
  const why = code === 'ENOSPC' || code === 'EDQUOT' ? 'the disk is full' : (code ?? error.message)
  return new Error(`The command was carried out, but what it says could not be written: ${why}.`, { cause: error })
}

export function createOutput(stream: Writable): Output {
  let failure: Error | undefined
  /** Resolves when there is room again; undefined while there is. One for all who wait. */
  let room: Promise<void> | undefined
  stream.on('error', (error: Error) => {
    failure ??= error
  })

  function settled(start: (done: () => void) => void): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        stream.off('close', end)
        stream.off('error', end)
        resolve()
      }
      stream.once('close', end)
      stream.once('error', end)
      start(end)
    })
  }

  function write(text: string): Promise<void> {
    if (failure !== undefined || stream.write(text)) return Promise.resolve()
    room ??= settled((done) => stream.once('drain', done)).finally(() => (room = undefined))
    return room
  }

  const isTerminal = 'isTTY' in stream && stream.isTTY === true

  return {
    write,
    writeLine: (line) => write(isTerminal ? `${printable(line.replace(/\r?\n$/, ''))}\n` : line),
    isBroken: () => failure !== undefined,
    async flush() {
      if (failure === undefined) await settled((done) => void stream.write('', done))
      if (failure !== undefined && !isGone(failure)) throw lost(failure)
    },
  }
}
