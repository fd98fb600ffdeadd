import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { hasDisplay } from './browser.ts'

interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  /** The folder that `node_modules` stands in. */
  readonly root: string
}

/** Why the console opens in a browser and not in a window of its own: one line. */
export function whyHeadless({ env, platform, root }: Surroundings): string {
  if (!hasDisplay(env, platform)) return 'No window: there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set).'
  if (!existsSync(join(root, 'node_modules/electron/path.txt')))
    return 'No window: Electron’s program is not installed ("npx install-electron" fetches it).'
  return 'No window: this command serves the console to browsers.'
}
