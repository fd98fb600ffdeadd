import type { Session } from 'electron'
import { isAppUrl } from './app-url.ts'

/** Only what the page has made itself, such as an export, is written to a file; the person is asked where. */
export function setupDownloads(session: Session): void {
  session.on('will-download', (event, item) => {
    const url = item.getURL()
    if (!url.startsWith('blob:') || !isAppUrl(url.slice('blob:'.length))) event.preventDefault()
  })
}
