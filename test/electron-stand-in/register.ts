// node --import test/electron-stand-in/register.ts out/main/index.js
import { registerHooks } from 'node:module'
import { isMainThread } from 'node:worker_threads'
import { standInSettings } from './settings.ts'

const url = new URL('./electron.ts', import.meta.url).href

// Threads inherit the flag that loads this; in Electron they have no `electron` either.
if (isMainThread) {
  registerHooks({
    resolve(specifier, context, next) {
      return specifier === 'electron' ? { url, shortCircuit: true } : next(specifier, context)
    },
  })
  Object.defineProperty(process, 'type', { value: 'browser' })
  Object.defineProperty(process.versions, 'electron', { value: standInSettings.version, enumerable: true })
}
