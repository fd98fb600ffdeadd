import { useQuery } from '@tanstack/react-query'
import { QueryView } from '../../components/state/query-view.tsx'
import { StoredForm } from '../../components/form/stored-form.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { DeleteRequestsPanel } from './delete-requests-panel.tsx'
import { RedactionPanel } from './redaction-panel.tsx'
import { RetentionPanel } from './retention-panel.tsx'

/** What the request log keeps, for how long, and what it never stores. */
export function LogSection() {
  const engine = useEngine()
  const usage = useQuery(engine.storage.usage.queryOptions())
  const settings = useQuery(engine.settings.list.queryOptions())
  return (
    <>
      <QueryView query={usage} lines={6}>
        {(used) => (
          <StoredForm stored={{ keepDays: used.keepDays, maxBytes: used.maxBytes }}>
            {(limits, key) => <RetentionPanel key={key} usage={used} limits={limits} />}
          </StoredForm>
        )}
      </QueryView>
      <QueryView query={settings} lines={6}>
        {(list) => {
          const stored = list.find((each) => each.name === 'journal-redact')?.value ?? ''
          return (
            <StoredForm stored={stored}>
              {(seen, key) => <RedactionPanel key={key} stored={seen === '' ? [] : seen.split(',')} />}
            </StoredForm>
          )
        }}
      </QueryView>
      <DeleteRequestsPanel />
    </>
  )
}
