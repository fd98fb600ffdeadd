import type { Display, Screen } from 'electron'
import { requireReady } from './app.ts'
import { standInSettings } from './settings.ts'
import { strict } from './strict.ts'

const displays = standInSettings.screens.map((workArea, id) => strict<Display>('Display', { id, workArea }))

export const screen = strict<Screen>('screen', {
  getAllDisplays() {
    requireReady('screen')
    return displays
  },
  getPrimaryDisplay() {
    requireReady('screen')
    const [first] = displays
    if (!first) throw new Error('The stand-in has no screen.')
    return first
  },
})
