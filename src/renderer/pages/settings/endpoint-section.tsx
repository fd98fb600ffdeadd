import { useQuery } from '@tanstack/react-query'
import { QueryView } from '../../components/state/query-view.tsx'
import { StoredForm } from '../../components/form/stored-form.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { AddressPanel } from './address-panel.tsx'
import { CertificatePanel } from './certificate-panel.tsx'
import { LimitPanel } from './limit-panel.tsx'
import { LookupIndexesPanel } from './lookup-indexes-panel.tsx'
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
          <StoredForm stored={configuration.publicUrl}>
            {(publicUrl, key) => <PublicUrlPanel key={key} configuration={{ ...configuration, publicUrl }} />}
          </StoredForm>
          <StoredForm stored={{ host: configuration.host, port: configuration.port }}>
            {(address, key) => <AddressPanel key={key} configuration={{ ...configuration, ...address }} />}
          </StoredForm>
          <StoredForm stored={configuration.tls}>
            {(tls, key) => <CertificatePanel key={key} configuration={{ ...configuration, tls }} />}
          </StoredForm>
          <LimitPanel configuration={configuration} />
          <PausePanel />
          <LookupIndexesPanel />
          <MetricsPanel />
        </>
      )}
    </QueryView>
  )
}
