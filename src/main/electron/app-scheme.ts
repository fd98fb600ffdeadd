import { protocol } from 'electron'
import { createAppResponder } from './app-responder.ts'
import { appScheme } from './app-url.ts'

/** Makes `app://` a scheme with origins, as secure as https. Electron wants to know before it is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

/** Serves the page. Throws `Refusal` when it has not been built. */
export function setupAppScheme(rendererDir: string): void {
  protocol.handle(appScheme, createAppResponder(rendererDir))
}
