import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hasDisplay } from './browser.ts'

interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  /** The user's number; undefined where users have none. */
  readonly uid: number | undefined
  /** The folder that `node_modules` and `out` stand in. */
  readonly root: string
  /** An option that was given and that the desktop app does not know, such as `--console-port`. */
  readonly foreignOption: string | undefined
}

export type DesktopProgram =
  | { readonly kind: 'found'; readonly path: string }
  /** Why the console opens in a browser and not in a window of its own: one line. */
  | { readonly kind: 'none'; readonly why: string }

function none(why: string): DesktopProgram {
  return { kind: 'none', why: `No window: ${why}` }
}

/** Where Electron's program is, as its package says. The package itself must not be asked: it would fetch what is missing. */
function electronPath(env: Surroundings['env'], root: string): string | undefined {
  const folder = join(root, 'node_modules/electron')
  const name = join(folder, 'path.txt')
  const override = env['ELECTRON_OVERRIDE_DIST_PATH']
  const program = existsSync(name) ? readFileSync(name, 'utf8').trim() : override === undefined ? '' : 'electron'
  const path = join(override ?? join(folder, 'dist'), program)
  return program !== '' && existsSync(path) ? path : undefined
}

/** The program that opens the console in a window of its own, or why there is none. */
export function findDesktopProgram({ env, platform, uid, root, foreignOption }: Surroundings): DesktopProgram {
  if (!hasDisplay(env, platform)) return none('there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set).')
  if (platform === 'linux' && uid === 0) return none('Electron does not run as root.')
  if (foreignOption !== undefined) return none(`${foreignOption} is an option of the console in the browser.`)
  const path = electronPath(env, root)
  if (path === undefined) return none('Electron’s program is not installed ("npx install-electron" fetches it).')
  if (!existsSync(join(root, 'out/main/index.js'))) return none('the desktop app is not built ("npm run build").')
  return { kind: 'found', path }
}
