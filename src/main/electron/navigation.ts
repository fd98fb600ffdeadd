import { app, shell, type WebContents } from 'electron'
import { isAppUrl } from './app-url.ts'
import { isExternalLink } from './external-links.ts'

interface NavigationParts {
  /** One line for the log. */
  readonly onTrouble: (message: string) => void
}

/** A page stays where it is: it navigates within itself, opens no window and embeds no other. Links that we know open in the person's browser. */
export function setupNavigation({ onTrouble }: NavigationParts): void {
  function openOutside(url: string): void {
    // What stands behind the host may be anything, and is no business of the log.
    const { protocol, host } = URL.canParse(url) ? new URL(url) : { protocol: '', host: 'nowhere' }
    if (!isExternalLink(url)) return onTrouble(`A link to ${protocol}//${host} was not opened: it is not on the list.`)
    shell.openExternal(url).catch((error: unknown) => onTrouble(`No browser could be opened: ${String(error)}`))
  }

  function confine(contents: WebContents): void {
    contents.on('will-frame-navigate', (event) => {
      if (event.isMainFrame && isAppUrl(event.url)) return
      event.preventDefault()
      if (event.isMainFrame) openOutside(event.url)
    })
    contents.on('will-redirect', (event) => event.preventDefault())
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(({ url }) => {
      openOutside(url)
      return { action: 'deny' }
    })
  }

  app.on('web-contents-created', (_event, contents) => confine(contents))
}
