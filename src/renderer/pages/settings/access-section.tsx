import { useQuery } from '@tanstack/react-query'
import { QueryView } from '../../components/state/query-view.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { PasswordPanel } from './password-panel.tsx'
import { SessionsPanel } from './sessions-panel.tsx'

/** Who may open the console. */
export function AccessSection() {
  const engine = useEngine()
  const query = useQuery(engine.sessions.list.queryOptions())
  return (
    <QueryView query={query} lines={8}>
      {({ items, passwordSetAt }) => (
        <>
          <PasswordPanel setAt={passwordSetAt} others={items.filter((each) => !each.isCurrent).length} />
          <SessionsPanel sessions={items} />
        </>
      )}
    </QueryView>
  )
}
