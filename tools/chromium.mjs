import { existsSync } from 'node:fs'

/** Debian's Chromium without a window of its own: it draws pages with the same engine, for half of the processor time. */
const headlessShell = '/usr/lib/chromium/chromium-headless-shell'

/** The packages of Debian from which `chromiumPath` takes the browser. */
export const chromiumPackages = ['chromium-headless-shell']

export const chromiumPath = () =>
  process.env.ROLLCALL_CHROMIUM ?? (existsSync(headlessShell) ? headlessShell : '/usr/bin/chromium')

export const hasBestChromium = () => process.env.ROLLCALL_CHROMIUM !== undefined || existsSync(headlessShell)
