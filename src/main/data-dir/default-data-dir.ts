import { homedir, userInfo } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { errorCode } from '../error-code.ts'

/** Where a command is told that it has no data directory. */
export const noHomeFolder = 'This user has no home folder. Say where the data is: --data-dir DIR.'

/** What HOME says, else what the system knows of the user. Each may name none: HOME can be empty, and a user of a container may be a mere number. */
const homeFolders = [homedir, () => userInfo().homedir]

function homeFolder(folders: readonly (() => string)[]): string | undefined {
  for (const ask of folders)
    try {
      const folder = ask()
      // Any other would be a folder of the moment, the working directory.
      if (isAbsolute(folder)) return folder
    } catch (error) {
      if (errorCode(error) === undefined) throw error
    }
  return undefined
}

/** The OS's folder for application data; undefined for a user without a home folder. */
export function defaultDataDir(
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
  homes: readonly (() => string)[] = homeFolders,
): string | undefined {
  // An empty or relative one is to be ignored (XDG Base Directory Specification, "Basics").
  const { APPDATA = '', XDG_DATA_HOME = '' } = env
  if (platform === 'win32' && APPDATA !== '') return join(APPDATA, 'Rollcall')
  if (platform !== 'win32' && platform !== 'darwin' && isAbsolute(XDG_DATA_HOME)) return join(XDG_DATA_HOME, 'rollcall')
  const home = homeFolder(homes)
  if (home === undefined) return undefined
  if (platform === 'win32') return join(home, 'AppData', 'Roaming', 'Rollcall')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Rollcall')
  return join(home, '.local', 'share', 'rollcall')
}
