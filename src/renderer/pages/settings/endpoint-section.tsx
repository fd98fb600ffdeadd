import { useQuery } from '@tanstack/react-query'
import { QueryView } from '../../components/query-view.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { AddressPanel } from './address-panel.tsx'
import { CertificatePanel } from './certificate-panel.tsx'
import { LimitPanel } from './limit-panel.tsx'
import { MetricsPanel } from './metrics-panel.tsx'
import { PausePanel } from './pause-panel.tsx'
import { PublicUrlPanel } from './public-url-panel.tsx'
import { RestartNotice } from './restart-notice.tsx'

/** Where the endpoint listens, by what address it is reached, and how it is protected. */
export function EndpointSection() {
  const engine = useEngine()
  const query = useQuery(engine.endpoint.configuration.queryOptions())
  return (
    <QueryView query={query} lines={12}>
      {(configuration) => (
        <>
          <RestartNotice needsRestart={configuration.needsRestart} />
          <PublicUrlPanel key={`url ${configuration.publicUrl.value}`} configuration={configuration} />
          <AddressPanel
            key={`address ${configuration.host.value} ${configuration.port.value}`}
            configuration={configuration}
          />
          <CertificatePanel key={`tls ${JSON.stringify(configuration.tls.value)}`} configuration={configuration} />
          <LimitPanel configuration={configuration} />
          <PausePanel />
          <MetricsPanel />
        </>
      )}
    </QueryView>
  )
}
