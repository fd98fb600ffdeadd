import { onTestFinished } from 'vitest'
import { openFaultyServer, type FaultOf, type FaultyServer, type TlsPair } from './faulty-server.fixture.ts'

export type { Fault, SeenRequest } from './faulty-server.fixture.ts'

/** An endpoint that passes requests on to a good one, but for those to which it has a fault. It ends with the test. */
export async function startFaultyEndpoint(
  good: string,
  faultOf: FaultOf,
  tls?: TlsPair,
): Promise<Omit<FaultyServer, 'close'>> {
  const server = await openFaultyServer(good, faultOf, tls)
  onTestFinished(server.close)
  return server
}
