import { existsSync } from 'node:fs'

const named = process.env.ROLLCALL_CHROMIUM
const headlessShell = '/usr/lib/chromium/chromium-headless-shell'

export const chromiumPackages = ['chromium', 'chromium-headless-shell']

export const chromiumPath = () => named ?? '/usr/bin/chromium'

export const headlessShellPath = () => named ?? (existsSync(headlessShell) ? headlessShell : chromiumPath())

export const hasChromium = () => existsSync(chromiumPath())

export const hasBothBrowsers = () => hasChromium() && (named !== undefined || existsSync(headlessShell))
