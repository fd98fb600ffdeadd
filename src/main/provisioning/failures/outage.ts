import type { IntegrationStatus } from '../status/integration-status.ts'

/** What this machine cannot do at present, as on a full disk. */
export type Outage = 'not stored' | 'not recorded'

function wordsOf(outage: Outage, { idpName, sentence }: IntegrationStatus): string {
  // What was told last may have changed since: nothing is known of what has come.
  return outage === 'not recorded'
    ? `Requests are not being recorded at present, so what ${idpName} does cannot be told.`
    : `Changes cannot be stored at present: ${idpName} is answered with 503 and tries again. ${sentence}`
}

/** An integration is not healthy while what it sends is lost or turned away; what keeps its IdP out on this side goes before. */
export function duringOutage(status: IntegrationStatus, outage: Outage | undefined): IntegrationStatus {
  if (outage === undefined || status.hold !== undefined || status.state === 'waiting') return status
  return { ...status, state: 'degraded', sentence: wordsOf(outage, status) }
}
