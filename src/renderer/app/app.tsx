import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { MutationCache, notifyManager, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { useState } from 'react'
import { Disconnected, type Connection } from '../rpc/connection.ts'
import { createEngineQueries, EngineContext } from '../rpc/engine.ts'
import { Entrance } from './entrance.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import { LeaveGuard } from './leave-guard.tsx'
import { cssVariables, theme } from './theme.ts'

function createQueryClient(): QueryClient {
  // Whoever presses a button or a key twice means it once: it must be out of use before the second press is heard. By a timer, as usual, it
  // is only some time after.
  notifyManager.setScheduler(queueMicrotask)
  const client: QueryClient = new QueryClient({
    defaultOptions: {
      // The engine may be on this machine while the network is down.
      queries: {
        networkMode: 'always',
        staleTime: 5000,
        retry: (count, error) => error instanceof Disconnected && count < 3,
        refetchOnWindowFocus: true,
      },
      mutations: { networkMode: 'always' },
    },
    // Whatever was changed, what is on the screen may show it.
    mutationCache: new MutationCache({ onSuccess: () => client.invalidateQueries() }),
  })
  return client
}

interface AppProps {
  readonly connection: Connection
  /** Allows the styles that Mantine makes at run time, under the Content-Security-Policy. */
  readonly styleNonce: string
  /** Why the link that was opened did not let in. */
  readonly linkProblem: string | undefined
}

/** The console: everything that surrounds the screens and knows no screen. */
export function App({ connection, styleNonce, linkProblem }: AppProps) {
  const [client] = useState(createQueryClient)
  const [access] = useState(() => ({ connection, queries: createEngineQueries(connection.engine) }))
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => styleNonce}
    >
      <EngineContext value={access}>
        <QueryClientProvider client={client}>
          <Notifications position="bottom-right" />
          <ErrorBoundary resetKey="app">
            <LeaveGuard>
              <Entrance linkProblem={linkProblem} />
            </LeaveGuard>
          </ErrorBoundary>
        </QueryClientProvider>
      </EngineContext>
    </MantineProvider>
  )
}
