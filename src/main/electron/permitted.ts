import { isAppUrl } from './app-url.ts'

interface Asked {
  readonly permission: string
  /** The URL or the origin of the frame that asks. */
  readonly asker: string
  readonly isMainFrame: boolean
}

/**
 * Whether a page may do what a browser would ask the person about. It may put text on the clipboard, for that is what every copy button does;
 * it may read nothing from there, and nothing else is permitted.
 */
export function isPermitted({ permission, asker, isMainFrame }: Asked): boolean {
  return permission === 'clipboard-sanitized-write' && isMainFrame && isAppUrl(asker)
}
