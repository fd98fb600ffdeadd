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

/**
 * React Query tells its listeners by a timer. Whoever presses a button or a key twice means it once: what begins is told at once, so that the
 * button is out of use before the second press is heard. All else comes by the timer, so that who has asked for a change goes on before what it changed is drawn.
 */
function createPromptStart(): { readonly onMutate: () => void } {
  let waiting: (() => void)[] = []
  function tell(): void {
    const told = waiting
    waiting = []
    for (const each of told) each()
  }
  notifyManager.setScheduler((flush) => {
    waiting.push(flush)
    setTimeout(tell, 0)
  })
  return { onMutate: tell }
}

function createQueryClient(): QueryClient {
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
    mutationCache: new MutationCache({ ...createPromptStart(), onSuccess: () => client.invalidateQueries() }),
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
