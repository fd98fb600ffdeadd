import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'

/** The OS's folder for application data. */
export function defaultDataDir(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (platform === 'win32') return join(env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Rollcall')
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Rollcall')
  // An empty or relative one is to be ignored (XDG Base Directory Specification, "Basics").
  const { XDG_DATA_HOME: named = '' } = env
  return join(isAbsolute(named) ? named : join(homedir(), '.local', 'share'), 'rollcall')
}
