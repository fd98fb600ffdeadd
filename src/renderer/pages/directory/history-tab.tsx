import { Anchor, Button } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import type { Change, History } from '../../../contract/resource.ts'
import { DiffView } from '../../components/viewer/diff-view.tsx'
import { Nothing } from '../../components/state/nothing.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { RelativeTime } from '../../components/text/relative-time.tsx'
import { TextLink } from '../../components/text/text-link.tsx'
import { useEngine, type EngineQueries } from '../../rpc/engine.ts'
import { useIntegrationNames } from '../../rpc/use-integration-names.ts'
import { actorText, changeText } from './change-text.ts'
import { isPlain, valueText } from './value-text.ts'
import classes from './history-tab.module.css'

interface HistoryTabProps {
  readonly of: (engine: EngineQueries) => EngineQueries['users']['history']
  readonly directory: string
  readonly id: string
}

/** What has been done to a record, newest first, by whom, and by which request. */
export function HistoryTab({ of, directory, id }: HistoryTabProps) {
  const engine = useEngine()
  const query = useInfiniteQuery(
    of(engine).infiniteOptions({
      input: (before: number | null) => ({ directory, id, before }),
      initialPageParam: null,
      getNextPageParam: (page: History) => page.next ?? undefined,
      placeholderData: keepPreviousData,
    }),
  )
  const nameOf = useIntegrationNames()
  return (
    <QueryView query={query} lines={6}>
      {({ pages }) => {
        const changes = pages.flatMap((page) => page.items)
        if (changes.length === 0) return <Nothing why="empty" title="Nothing has been recorded" />
        return (
          <>
            <ol className={classes['history']}>
              {changes.map((change) => (
                <Entry key={change.id} change={change} actorName={nameOf(change.actor, change.at)} />
              ))}
            </ol>
            {query.hasNextPage && (
              <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                Show older changes
              </Button>
            )}
          </>
        )
      }}
    </QueryView>
  )
}

interface EntryProps {
  readonly change: Change
  /** What the integration is called that did it; undefined where none did, or one that is gone. */
  readonly actorName: string | undefined
}

function Entry({ change, actorName }: EntryProps) {
  const { actor, requestId, attributes, members } = change
  return (
    <li className={classes['entry']}>
      <div className={classes['head']}>
        <span className={classes['what']}>{changeText(change)}</span>
        <span className={classes['when']}>
          <RelativeTime at={change.at} isPast />
        </span>
      </div>
      <div className={classes['who']}>
        by{' '}
        {actorName === undefined ? (
          actorText(actor)
        ) : (
          <TextLink href={`/integrations/${actor}`}>
            <bdi>{actorName}</bdi>
          </TextLink>
        )}
        {requestId !== null && (
          <>
            , with the request{' '}
            <Anchor component={Link} href={`/requests/${requestId}`} underline="always" inherit ff="monospace" fz="xs">
              {requestId}
            </Anchor>
          </>
        )}
      </div>
      {attributes.map(({ name, before, after }) =>
        isPlain(before) && isPlain(after) ? (
          <div key={name} className={classes['change']}>
            <code>{name}</code>
            <span className="breakable">
              <del>{valueText(before)}</del> → <ins>{valueText(after)}</ins>
            </span>
          </div>
        ) : (
          <details key={name} className={classes['more']}>
            <summary>
              <code>{name}</code>
            </summary>
            <DiffView before={before} after={after} label={`What changed of ${name}`} />
          </details>
        ),
      )}
      {members && (members.added.length > 0 || members.removed.length > 0) && (
        <details className={classes['more']}>
          <summary>Ids of the members</summary>
          <DiffView before={members.removed} after={members.added} label="Members removed and added" />
        </details>
      )}
    </li>
  )
}
