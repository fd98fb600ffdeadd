import { ipcMain, type IpcMainEvent, type MessagePortMain, type WebContents } from 'electron'
import { portMessage } from '../../contract/port.ts'
import type { ApiParts } from '../api/api-context.ts'
import { serveApiOnPort } from '../api/port-transport.ts'
import { isAppUrl } from './app-url.ts'

interface PortParts {
  /** Undefined while the engine is not open. */
  readonly api: () => ApiParts | undefined
  /** The contents of the main window; undefined while there is none. */
  readonly page: () => WebContents | undefined
  /** One line for the log. */
  readonly onTrouble: (message: string) => void
}

/** The page that talks to the engine. */
export interface ContractPort {
  /** Cuts the page off; it asks for another port by itself. */
  cut(): void
}

/**
 * Takes the port that the page hands over, and answers the contract on it. Only the main frame of the main window, showing our own page, is
 * heard; a page has one port at a time.
 */
export function setupContractPort({ api, page, onTrouble }: PortParts): ContractPort {
  let current: MessagePortMain | undefined

  function isOurPage({ sender, senderFrame }: IpcMainEvent): boolean {
    const contents = page()
    return (
      contents !== undefined &&
      sender === contents &&
      senderFrame !== null &&
      senderFrame.parent === null &&
      isAppUrl(senderFrame.url)
    )
  }

  function take(event: IpcMainEvent): void {
    const [port] = event.ports
    if (!port || event.ports.length > 1 || !isOurPage(event)) {
      for (const each of event.ports) each.close()
      return onTrouble(`A port from ${event.senderFrame?.url.slice(0, 200) ?? 'a frame that is gone'} was refused.`)
    }
    cut()
    const parts = api()
    // The page tries again, and again.
    if (!parts) return port.close()
    current = port
    serveApiOnPort(port, parts)
    port.start()
  }

  function cut(): void {
    current?.close()
    current = undefined
  }

  ipcMain.on(portMessage, take)
  return { cut }
}
