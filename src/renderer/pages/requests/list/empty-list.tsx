import { Button, Loader } from '@mantine/core'
import { Link } from 'wouter'
import { Nothing } from '../../../components/state/nothing.tsx'
import { Problem } from '../../../components/state/problem.tsx'
import { useConnection, useConnectionState } from '../../../rpc/engine.ts'
import { useListenAgain } from '../../../rpc/use-listen-again.ts'
import { useNews } from '../../../stores/news.ts'
import type { LogView } from '../log/request-log.ts'

interface EmptyListProps {
  readonly view: LogView
  readonly isFiltered: boolean
  readonly onClear: () => void
  readonly onResume: () => void
}

/** Why the list is empty, and what to do about it: it is searched, held, narrowed, cut off, stopped, or really empty. */
export function EmptyList({ view, isFiltered, onClear, onResume }: EmptyListProps) {
  const connection = useConnection()
  const isLost = useConnectionState().kind === 'lost'
  const isStopped = useNews((state) => state.news?.endpoint.state === 'stopped')
  const start = useListenAgain()
  const showAll = (
    <Button variant="default" onClick={onClear}>
      Show all requests
    </Button>
  )
  if (isLost)
    return (
      <Nothing
        why="disconnected"
        title="Not connected to Rollcall"
        action={
          <Button variant="default" onClick={connection.retry}>
            Try now
          </Button>
        }
      >
        The requests stand here as soon as it can be reached. It goes on recording them meanwhile, if it runs.
      </Nothing>
    )
  if (view.problem !== undefined) return <Problem error={view.problem} title="The log could not be read." />
  if (view.searchingBelow !== undefined)
    return (
      <Nothing why="filtered" title="Nothing found so far" action={showAll}>
        <Loader size="xs" /> Older requests are looked through; those before number {view.searchingBelow} are left.
      </Nothing>
    )
  if (view.held !== undefined && view.held > 0)
    return (
      <Nothing
        why="paused"
        title={`Paused, ${view.held} new`}
        action={
          <Button variant="default" onClick={onResume}>
            Resume
          </Button>
        }
      >
        Nothing matched when the list was paused. What came since is in the log.
      </Nothing>
    )
  if (isFiltered)
    return (
      <Nothing why="filtered" title="No request matches" action={showAll}>
        The log has none that this filter lets through. New ones that match stand here as they come.
      </Nothing>
    )
  if (isStopped)
    return (
      <Nothing
        why="stopped"
        title="The SCIM endpoint is stopped"
        action={
          <Button variant="default" loading={start.isPending} onClick={() => start.mutate()}>
            Listen again
          </Button>
        }
      >
        Identity providers get no connection until it listens again.
        <Problem error={start.error} />
      </Nothing>
    )
  return (
    <Nothing
      why="empty"
      title="No request has come yet"
      action={
        <Button component={Link} href="/integrations" variant="default">
          Open the integrations
        </Button>
      }
    >
      As soon as an identity provider calls, its requests stand here, each with the reason for its answer.
    </Nothing>
  )
}
