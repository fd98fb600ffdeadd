import type { IpcMain } from 'electron'
import { createEvents } from './events.ts'
import { strict } from './strict.ts'

export const ipcEvents = createEvents('ipcMain', 'any')
export const ipcMain = strict<IpcMain>('ipcMain', {}, ipcEvents)
