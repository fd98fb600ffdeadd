/** The packages of Debian that bring the browser that costs least. */
export const chromiumPackages: readonly string[]

/** The program in which pages are tested: the one that `ROLLCALL_CHROMIUM` names, or Debian's. It need not be there. */
export function chromiumPath(): string

/** Whether that program is a named one, or the one that costs least. */
export function hasBestChromium(): boolean
