import type { MessagePortMain } from 'electron'
import { createEvents } from './events.ts'
import { strict } from './strict.ts'

/** The main process's end of a port whose other end is in a page. */
export interface PagePort {
  readonly port: MessagePortMain
  /** A message from the page; it waits until the port is started. */
  deliver(data: unknown): void
  /** The other end is gone. */
  end(): void
}

interface OtherEnd {
  send(data: unknown): void
  close(): void
}

export function createPagePort(other: OtherEnd): PagePort {
  const events = createEvents('MessagePortMain', ['message', 'close'])
  const waiting: unknown[] = []
  let isStarted = false
  let isClosed = false

  function end(): void {
    if (isClosed) return
    isClosed = true
    queueMicrotask(() => events.emit('close'))
  }

  return {
    port: strict<MessagePortMain>(
      'MessagePortMain',
      {
        postMessage(message: unknown, transfer: readonly MessagePortMain[] = []) {
          if (transfer.length > 0) throw new Error('The stand-in passes no ports through ports.')
          if (!isClosed) other.send(message)
        },
        start() {
          if (isStarted) return
          isStarted = true
          for (const data of waiting.splice(0)) events.emit('message', { data, ports: [] })
        },
        close() {
          if (!isClosed) other.close()
          end()
        },
      },
      events,
    ),
    deliver(data) {
      if (isClosed) return
      if (isStarted) events.emit('message', { data, ports: [] })
      else waiting.push(data)
    },
    end,
  }
}
