import '@fontsource-variable/inter'
import '@fontsource-variable/jetbrains-mono'
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import '@mantine/spotlight/styles.css'
import './app/global.css'
import { StrictMode } from 'react'
import { setNonce } from 'get-nonce'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { isDesktop } from './host.ts'
import { createConnection } from './rpc/connection.ts'
import { openPortLink } from './rpc/port-link.ts'
import { signIn } from './rpc/session.ts'
import { openWebSocketLink } from './rpc/websocket-link.ts'

/** Takes the one-time key out of the address, where it would be bookmarked and shown, and trades it for a session. */
async function enter(): Promise<string | undefined> {
  const key = /^#k=([\w-]+)$/.exec(location.hash)?.[1]
  if (key === undefined) return undefined
  history.replaceState(null, '', location.pathname + location.search)
  const problem = await signIn({ key }).catch(() => 'Rollcall cannot be reached. Reload this page.')
  return problem
}

async function start(): Promise<void> {
  const root = document.getElementById('root')
  if (!root) throw new Error('the page has no root')
  const linkProblem = isDesktop ? undefined : await enter()
  const nonce = document.querySelector<HTMLMetaElement>('meta[name=style-nonce]')?.nonce ?? ''
  // The styles that keep the page from scrolling behind a dialog are made by another library than Mantine.
  setNonce(nonce)
  createRoot(root).render(
    <StrictMode>
      <App
        connection={createConnection(isDesktop ? openPortLink : openWebSocketLink)}
        styleNonce={nonce}
        linkProblem={linkProblem}
      />
    </StrictMode>,
  )
}

void start()
