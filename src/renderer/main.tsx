import '@fontsource-variable/inter'
import '@fontsource-variable/jetbrains-mono'
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import '@mantine/spotlight/styles.css'
import './app/global.css'
import './app/print.css'
import { StrictMode } from 'react'
import { setNonce } from 'get-nonce'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { isDesktop } from './host.ts'
import { createConnection } from './rpc/connection.ts'
import { openPortLink } from './rpc/port-link.ts'
import { enterByLink } from './rpc/session.ts'
import { openWebSocketLink } from './rpc/websocket-link.ts'

async function start(): Promise<void> {
  const root = document.getElementById('root')
  if (!root) throw new Error('the page has no root')
  const linkProblem = isDesktop ? undefined : (await enterByLink())?.problem
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
