import { ipcRenderer } from 'electron'
import { portMessage } from '../contract/port.ts'

// The whole bridge: a port that the page made goes to the main process, once it says the word. Nothing is put into the page's world.
window.addEventListener('message', ({ source, data, ports }) => {
  const [port] = ports
  if (source !== window || data !== portMessage || !port || ports.length > 1) return
  ipcRenderer.postMessage(portMessage, null, [port])
})
