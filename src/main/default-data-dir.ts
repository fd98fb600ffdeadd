import { homedir } from 'node:os'
import { join } from 'node:path'

/** The OS's folder for application data. */
export function defaultDataDir(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (platform === 'win32') return join(env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Rollcall')
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Rollcall')
  return join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'rollcall')
}
