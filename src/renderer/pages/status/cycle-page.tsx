import { Button, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from 'wouter'
import { formatRequestFilter, type RequestTerm } from '../../../contract/request-filter.ts'
import type { Cycle } from '../../../contract/provisioning.ts'
import { amountText, numberText } from '../../components/text/amount-text.ts'
import { Facts } from '../../components/viewer/facts.tsx'
import { isolated } from '../../components/text/isolated.ts'
import { Nothing } from '../../components/state/nothing.tsx'
import { PageHeader } from '../../components/page/page-header.tsx'
import { Panel } from '../../components/page/panel.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { RelativeTime } from '../../components/text/relative-time.tsx'
import { RequestTable } from '../../components/table/request-table.tsx'
import { StateBadge } from '../../components/state/state-badge.tsx'
import { exactTimeText, shortTimeText, spanText } from '../../components/text/time-text.ts'
import { useEngine } from '../../rpc/engine.ts'
import { isNotFound } from '../../rpc/problem-of.ts'
import { useNow } from '../../stores/clock.ts'
import { CycleCounts } from './cycle-counts.tsx'
import { failureWord, phaseWords } from './cycle-text.ts'
import { Inferred } from './inferred.tsx'
import { NoStatus } from './no-status.tsx'

const shownRequests = 20

function requestsPath(filter: readonly RequestTerm[]): string {
  return `/requests?${new URLSearchParams({ filter: formatRequestFilter(filter) }).toString()}`
}

function StateOf({ cycle }: { readonly cycle: Cycle }) {
  if (cycle.endedAt === null) return <StateBadge meaning="information" icon="working" word="Running" />
  return cycle.failed === 0 ? (
    <StateBadge meaning="ok" word="Ended, likely" />
  ) : (
    <StateBadge meaning="failure" word={`Ended, ${numberText(cycle.failed)} failed`} />
  )
}

function factsOf(cycle: Cycle): Parameters<typeof Facts>[0]['facts'] {
  const { members, listed, failures } = cycle
  const isImport = cycle.kind === 'import'
  return [
    ['Started', exactTimeText(cycle.startedAt).slice(0, 19)],
    ['Took', cycle.endedAt === null ? `running for ${spanText(cycle.durationMs)}` : spanText(cycle.durationMs)],
    ...(cycle.endedAt === null ? [['Is at', phaseWords[cycle.phase]] as const] : []),
    [
      'Requests',
      `${numberText(cycle.requests)}${cycle.notRecorded === 0 ? '' : `, and ${numberText(cycle.notRecorded)} that could not be recorded, so that the counts are too low`}`,
    ],
    ...(isImport
      ? [['Read', `${amountText(listed.users, 'user')}, ${amountText(listed.groups, 'group')}`] as const]
      : [['Members', `${numberText(members.added)} added, ${numberText(members.removed)} removed`] as const]),
    [
      'Failures',
      failures.length === 0
        ? 'none'
        : failures.map(({ kind, count }) => `${numberText(count)} × ${failureWord(kind)}`).join(', '),
    ],
    ...(cycle.deferred === 0
      ? []
      : [['Put off', `${amountText(cycle.deferred, 'request')} told to come back later`] as const]),
  ]
}

function CycleRequests({ cycle, filter }: { readonly cycle: Cycle; readonly filter: readonly RequestTerm[] }) {
  const engine = useEngine()
  const now = useNow()
  const failed: readonly RequestTerm[] = [
    ...filter,
    { field: 'status', value: '4xx', isExcluded: false },
    { field: 'status', value: '5xx', isExcluded: false },
  ]
  const onlyFailed = cycle.failed > 0
  const shown = onlyFailed ? failed : filter
  const query = useQuery(engine.requests.page.queryOptions({ input: { filter: [...shown], limit: shownRequests } }))
  return (
    <Panel
      title={onlyFailed ? 'Requests that failed' : 'Its newest requests'}
      isFlush
      actions={
        <Button component={Link} href={requestsPath(filter)} variant="default" size="compact-xs">
          See exactly its requests
        </Button>
      }
    >
      <QueryView query={query} lines={5}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing why="empty" title="Its requests are no longer in the log">
              Cycles are kept for 400 days, requests as long as the settings say.
            </Nothing>
          ) : (
            <RequestTable
              id="cycle-requests"
              label={
                onlyFailed ? 'Requests of the cycle that failed, newest first' : 'Requests of the cycle, newest first'
              }
              rows={items}
              now={now}
              hrefOf={({ id }) =>
                `/requests/${id}?${new URLSearchParams({ filter: formatRequestFilter(shown) }).toString()}`
              }
            />
          )
        }
      </QueryView>
    </Panel>
  )
}

/** One cycle: how long, what it did, what failed, and exactly its requests. */
export function CyclePage() {
  const { slug, id } = useParams<{ slug: string; id: string }>()
  const engine = useEngine()
  const now = useNow()
  const number = id === 'newest' ? id : /^[1-9]\d{0,14}$/.test(id) ? Number(id) : undefined
  const query = useQuery(
    engine.provisioning.cycle.queryOptions({
      input: { slug, id: number ?? 'newest' },
      enabled: number !== undefined,
      refetchInterval: 10_000,
    }),
  )
  const status = useQuery(engine.provisioning.get.queryOptions({ input: { slug } }))
  if (isNotFound(status.error))
    return <NoStatus title="No such integration" explanation={`There is no integration “${slug}”`} />
  if (number === undefined || isNotFound(query.error))
    return (
      <QueryView query={status} lines={8}>
        {({ name }) =>
          number === 'newest' ? (
            <NoStatus title="No cycle yet" explanation={`There has been no cycle of ${isolated(name)} yet`} />
          ) : (
            <NoStatus title="No such cycle" explanation={`No cycle of ${isolated(name)} began with request ${id}`} />
          )
        }
      </QueryView>
    )
  return (
    <QueryView query={query} lines={8}>
      {({ cycle, filter, earlier }) => (
        <>
          <PageHeader
            title={`${cycle.name}, ${shortTimeText(cycle.startedAt, now)}`}
            above={[
              { label: 'Provisioning', path: '/status' },
              { label: status.data?.name ?? slug, path: `/status/${slug}` },
            ]}
            state={<StateOf cycle={cycle} />}
            description={
              <>
                {cycle.result}. Began <RelativeTime at={cycle.startedAt} isPast />.
              </>
            }
            actions={
              earlier !== null && (
                <Button component={Link} href={`/status/${slug}/cycles/${earlier}`} variant="default">
                  The one before it
                </Button>
              )
            }
          />
          <Stack gap="md">
            <Panel title="What it did">
              <Stack gap="md">
                <Facts facts={factsOf(cycle)} />
                {cycle.kind !== 'import' && <CycleCounts cycle={cycle} />}
                {cycle.kind === 'import' && (
                  <Text size="xs" c="dimmed">
                    An import reads what is here and changes nothing.
                  </Text>
                )}
                <Inferred ownLog={status.data?.ownLog ?? null} />
              </Stack>
            </Panel>
            <CycleRequests cycle={cycle} filter={filter} />
          </Stack>
        </>
      )}
    </QueryView>
  )
}
