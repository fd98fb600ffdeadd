import type { Administer } from './administration/administer.ts'
import type { EndpointControl } from './endpoint-control.ts'
import { probeHealth } from './notify/endpoint-monitor.ts'
import { createNotifier, type Notifier } from './notify/notifier.ts'
import type { Provisioning } from './provisioning/provisioning.ts'
import { withoutSlash } from './scim-url.ts'
import type { ServeOptions } from './serve-endpoint.ts'
import type { StoreReads } from './store/store-reads.ts'
import type { Vault } from './vault/vault.ts'

interface Parts {
  readonly reads: StoreReads
  readonly administer: Administer
  readonly provisioning: Provisioning
  readonly vault: () => Promise<Vault>
  readonly endpoint: Pick<EndpointControl, 'inForce'>
  readonly clock: () => number
}

/** Wires the notifier to a served endpoint and starts it. */
export function startNotifications(parts: Parts, served: ServeOptions): Notifier {
  const { reads, administer, provisioning, vault, endpoint, clock } = parts
  const notifier = createNotifier({
    reads,
    administer,
    provisioning,
    vault,
    now: clock,
    random: Math.random,
    publicUrl() {
      const url = served.publicUrl || reads.settings.get('public_url')
      return url ? withoutSlash(url) : undefined
    },
    probe: probeHealth,
    certificate: () => endpoint.inForce()?.tls?.cert,
    desktop: served.desktop,
    onTrouble: served.onTrouble,
  })
  notifier.start()
  return notifier
}
