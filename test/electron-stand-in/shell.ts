import type { Shell } from 'electron'
import { strict } from './strict.ts'

/** What was opened outside of the app. */
export const openedOutside: string[] = []

export const shell = strict<Shell>('shell', {
  openExternal(url) {
    openedOutside.push(url)
    return Promise.resolve()
  },
  openPath(path) {
    openedOutside.push(path)
    return Promise.resolve('')
  },
})
