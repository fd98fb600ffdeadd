import { join } from 'node:path'

/** Pictures that are packed beside the bundles. */
export interface Resources {
  readonly appIcon: string
  trayIcon(state: 'listening' | 'stopped'): string
}

/** macOS draws a template in the colour of its menu bar; "Template" at the end of the name says that it is one. */
export function createResources(folder: string, platform: NodeJS.Platform): Resources {
  const suffix = platform === 'darwin' ? 'Template' : ''
  return {
    appIcon: join(folder, 'icon.png'),
    trayIcon: (state) => join(folder, 'tray', `${state}${suffix}.png`),
  }
}
