import { Menu, nativeImage, Tray, type MenuItemConstructorOptions } from 'electron'
import type { EndpointControl } from '../endpoint-control.ts'
import { endpointLine } from './endpoint-line.ts'
import type { LoginItem } from './login-item.ts'
import type { Resources } from './resources.ts'

interface TrayParts {
  readonly loginItem: LoginItem
  readonly resources: Resources
  readonly onOpen: () => void
  readonly onQuit: () => void
  /** Something that the person asked for did not work: one sentence. */
  readonly onProblem: (problem: string) => void
}

/** The icon that stays while there is no window: what the endpoint does, and what can be done about it. */
export interface RollcallTray {
  /** Shows this endpoint from now on. */
  follow(endpoint: EndpointControl): void
}

export function setupTray(parts: TrayParts): RollcallTray {
  const { loginItem, resources } = parts
  let endpoint: EndpointControl | undefined
  let stopFollowing = () => undefined as void
  const tray = new Tray(nativeImage.createFromPath(resources.trayIcon('listening')))

  async function listenAgain(): Promise<void> {
    await endpoint?.start()
    const problem = endpoint?.state()?.problem
    if (problem !== undefined) parts.onProblem(`The SCIM endpoint cannot listen: ${problem}`)
  }

  function switchLoginItem(isOn: boolean): void {
    const problem = loginItem.set(isOn)
    if (problem !== undefined) parts.onProblem(problem)
    draw()
  }

  function template(): MenuItemConstructorOptions[] {
    const state = endpoint?.state()
    const isListening = state?.state === 'listening'
    return [
      { label: endpointLine(state), enabled: false },
      isListening
        ? { label: 'Stop listening', click: () => void endpoint?.stop() }
        : { label: 'Listen again', click: () => void listenAgain() },
      { type: 'separator' },
      { label: 'Open Rollcall', click: parts.onOpen },
      {
        label: 'Start at login',
        type: 'checkbox',
        checked: loginItem.isOn(),
        click: ({ checked }) => switchLoginItem(checked),
      },
      { type: 'separator' },
      { label: 'Quit', click: parts.onQuit },
    ]
  }

  function draw(): void {
    const state = endpoint?.state()
    tray.setImage(nativeImage.createFromPath(resources.trayIcon(state?.state ?? 'stopped')))
    tray.setToolTip(`Rollcall: ${endpointLine(state)}`)
    tray.setContextMenu(Menu.buildFromTemplate(template()))
  }

  tray.on('click', parts.onOpen)
  return {
    follow(next) {
      stopFollowing()
      endpoint = next
      stopFollowing = next.onChange(draw)
      draw()
    },
  }
}
