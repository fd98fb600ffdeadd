/**
 * Electron adds one thing to a page's message ports that browsers do not have: a port is told by a `close` event that its other end was
 * closed (electronjs.org, "MessagePorts in Electron"). Runs in the page's own world from its source text: a closed port says so by a last
 * message, which its other end turns into the event.
 */
export function closingPorts(lastMessage: string): void {
  globalThis.MessageChannel = class extends MessageChannel {
    constructor() {
      super()
      for (const port of [this.port1, this.port2]) {
        const close = port.close.bind(port)
        port.close = () => {
          port.postMessage(lastMessage)
          close()
        }
        port.addEventListener('message', (event) => {
          if (event.data !== lastMessage) return
          event.stopImmediatePropagation()
          close()
          port.dispatchEvent(new Event('close'))
        })
      }
    }
  }
}
