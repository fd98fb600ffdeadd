/** The packages of Debian that bring both browsers. */
export const chromiumPackages: readonly string[]

/** Debian's Chromium, or the browser that `ROLLCALL_CHROMIUM` names. It need not be there. */
export function chromiumPath(): string

/**
 * Debian's headless shell where it is installed, and otherwise what `chromiumPath` says. It is the same engine without a browser's windows
 * around it, for little more than half of the processor time; but it does not do what `Browser.setPermission` tells it.
 */
export function headlessShellPath(): string

/** Whether there is the browser that `chromiumPath` says. */
export function hasChromium(): boolean

/** Whether there is the headless shell too, or a browser is named. */
export function hasBothBrowsers(): boolean
