import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { app } from 'electron'
import { autostartEntry } from './autostart-entry.ts'

/** Whether Rollcall starts, without a window, when the person signs in to this machine. */
export interface LoginItem {
  isOn(): boolean
  /** Returns why it could not be switched, as a sentence. */
  set(isOn: boolean): string | undefined
}

interface LoginItemParts {
  readonly platform: NodeJS.Platform
  /** The program, and the arguments with which it is to be started. */
  readonly command: readonly [program: string, ...args: string[]]
}

/** Electron knows the login items of macOS and Windows; on Linux it is a file of the desktop's. */
export function createLoginItem({ platform, command }: LoginItemParts): LoginItem {
  const [path, ...args] = command
  if (platform !== 'linux')
    return {
      isOn: () => app.getLoginItemSettings({ path, args }).openAtLogin,
      set(openAtLogin) {
        app.setLoginItemSettings({ openAtLogin, path, args })
        return undefined
      },
    }

  const file = join(app.getPath('appData'), 'autostart', 'rollcall.desktop')
  return {
    isOn: () => existsSync(file),
    set(isOn) {
      try {
        mkdirSync(dirname(file), { recursive: true })
        if (isOn) writeFileSync(file, autostartEntry(command))
        else rmSync(file, { force: true })
        return undefined
      } catch (error) {
        return `Start at login could not be changed, for ${file} cannot be written (${error instanceof Error ? error.message : String(error)}).`
      }
    },
  }
}
