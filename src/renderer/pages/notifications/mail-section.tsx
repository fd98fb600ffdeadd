import { useQuery } from '@tanstack/react-query'
import { QueryView } from '../../components/state/query-view.tsx'
import { StoredForm } from '../../components/form/stored-form.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { MailServerPanel } from './mail-server-panel.tsx'
import { RecipientsPanel } from './recipients-panel.tsx'
import { TestMailPanel } from './test-mail-panel.tsx'

/** By which server mail is sent, and to whom. */
export function MailSection() {
  const engine = useEngine()
  const query = useQuery(engine.notifications.get.queryOptions())
  return (
    <QueryView query={query} lines={8}>
      {({ smtp, recipients }) => (
        <>
          {/* A test changes nothing of what somebody is typing. */}
          <StoredForm stored={smtp && { ...smtp, lastTest: null }}>
            {(seen, key) => <MailServerPanel key={key} smtp={seen && { ...seen, lastTest: smtp?.lastTest ?? null }} />}
          </StoredForm>
          <RecipientsPanel recipients={recipients} />
          {smtp !== null && <TestMailPanel key={recipients[0]} first={recipients[0] ?? ''} />}
        </>
      )}
    </QueryView>
  )
}
