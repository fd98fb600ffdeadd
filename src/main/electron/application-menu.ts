import { Menu, shell, type MenuItemConstructorOptions } from 'electron'

interface MenuParts {
  readonly platform: NodeJS.Platform
  readonly hasDevTools: boolean
  readonly dataDir: string
  readonly onOpen: () => void
  readonly onQuit: () => void
}

/** The menu of the application. Its items are what gives the keys of editing and zooming on macOS. */
export function setupApplicationMenu(parts: MenuParts): void {
  const quit: MenuItemConstructorOptions = { label: 'Quit', accelerator: 'CmdOrCtrl+Q', click: parts.onQuit }
  const ofMac: MenuItemConstructorOptions[] = [
    {
      label: 'Rollcall',
      submenu: [
        { role: 'about' },
        { type: 'separator' },
        { role: 'hide' },
        { role: 'hideOthers' },
        { role: 'unhide' },
        { type: 'separator' },
        quit,
      ],
    },
  ]
  const template: MenuItemConstructorOptions[] = [
    ...(parts.platform === 'darwin' ? ofMac : []),
    {
      label: 'File',
      submenu: [
        { label: 'Open Rollcall', accelerator: 'CmdOrCtrl+O', click: parts.onOpen },
        { role: 'close' },
        ...(parts.platform === 'darwin' ? [] : [{ type: 'separator' } as const, quit]),
      ],
    },
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        { role: 'reload' },
        ...(parts.hasDevTools ? [{ role: 'toggleDevTools' } as const] : []),
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
      ],
    },
    { role: 'windowMenu' },
    {
      label: 'Help',
      role: 'help',
      submenu: [{ label: 'Open the data directory', click: () => void shell.openPath(parts.dataDir) }],
    },
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
