import type { decode, encode } from './codec.ts'
import type { FromPage, ToPage } from './page-message.ts'

interface WorldParts {
  readonly encode: typeof encode
  readonly decode: typeof decode
  readonly sendName: string
  readonly receiveName: string
  readonly lastMessage: string
  /** The built preload script, as Node would wrap it. */
  readonly preload: (require: (name: string) => unknown, module: object, exports: object) => void
}

/**
 * What surrounds a sandboxed preload script: `require`, which knows Electron alone, and of that `ipcRenderer.postMessage`. Runs in the page
 * from its own source text, so it uses nothing but its arguments.
 */
export function preloadWorld({ encode, decode, sendName, receiveName, lastMessage, preload }: WorldParts): void {
  // Without nodeIntegrationInSubFrames a frame has no preload script.
  if (window.top !== window) return
  const ports = new Map<number, MessagePort>()
  let count = 0

  function send(message: FromPage): void {
    Reflect.get(globalThis, sendName)(JSON.stringify(message))
  }

  function take(port: MessagePort): number {
    count += 1
    const id = count
    ports.set(id, port)
    port.addEventListener('message', ({ data }) => {
      if (data !== lastMessage) return send({ kind: 'port-message', port: id, data: encode(data) })
      port.close()
      if (ports.delete(id)) send({ kind: 'port-closed', port: id })
    })
    port.start()
    return id
  }

  function receive(message: ToPage): void {
    const port = ports.get(message.port)
    if (message.kind === 'port-message') return port?.postMessage(decode(message.data))
    ports.delete(message.port)
    port?.postMessage(lastMessage)
    port?.close()
  }

  function strictly(name: string, offered: object): object {
    return new Proxy(offered, {
      get(target, key) {
        if (Reflect.has(target, key)) return Reflect.get(target, key)
        throw new Error(`The stand-in does not emulate ${name}.${String(key)}.`)
      },
    })
  }

  const ipcRenderer = strictly('ipcRenderer', {
    postMessage(channel: string, message: unknown, transfer: readonly MessagePort[] = []) {
      send({ kind: 'post', channel, data: encode(message), ports: transfer.map(take) })
    },
  })
  const electron = strictly('electron', { ipcRenderer })

  function require(name: string): unknown {
    if (name === 'electron') return electron
    throw new Error(`module not found: ${name}`)
  }

  Object.defineProperty(globalThis, receiveName, { value: receive })
  try {
    const module = { exports: {} }
    preload(require, module, module.exports)
  } catch (error) {
    send({ kind: 'preload-failed', problem: String(error) })
  }
}
