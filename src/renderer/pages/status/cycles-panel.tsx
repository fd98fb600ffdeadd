import { Button, SegmentedControl } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'wouter'
import type { Cycle, IntegrationStatus } from '../../../contract/provisioning.ts'
import { numberText } from '../../components/text/amount-text.ts'
import { DataTable, type Column } from '../../components/table/data-table.tsx'
import { Nothing } from '../../components/state/nothing.tsx'
import { Panel } from '../../components/page/panel.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { StateBadge } from '../../components/state/state-badge.tsx'
import { shortTimeText, spanText } from '../../components/text/time-text.ts'
import { useEngine } from '../../rpc/engine.ts'
import { useNow } from '../../stores/clock.ts'
import { cycleSentence } from './cycle-text.ts'
import { CycleTimeline } from './cycle-timeline.tsx'

const dayMs = 86_400_000
/** A week of cycles every 40 minutes, and room for tests between them. */
const mostDrawn = 500
const pageSize = 20

function columns(now: number): readonly Column<Cycle>[] {
  return [
    {
      id: 'started',
      label: 'Started',
      width: 140,
      cell: ({ startedAt }) => <span className="tabular">{shortTimeText(startedAt, now)}</span>,
    },
    {
      id: 'kind',
      label: 'Kind',
      width: 190,
      givesWay: 4,
      cell({ name, endedAt }) {
        const kind = endedAt === null ? `${name}, running` : name
        return <span title={kind}>{kind}</span>
      },
    },
    {
      id: 'took',
      label: 'Took',
      width: 90,
      givesWay: 2,
      isNumber: true,
      cell: ({ durationMs }) => spanText(durationMs),
    },
    {
      id: 'failed',
      label: 'Failures',
      width: 130,
      cell: ({ failed }) =>
        failed === 0 ? (
          <StateBadge meaning="ok" word="none" />
        ) : (
          <StateBadge meaning="failure" word={`${numberText(failed)} failed`} />
        ),
    },
    {
      id: 'requests',
      label: 'Requests',
      width: 90,
      givesWay: 1,
      isNumber: true,
      cell: ({ requests }) => numberText(requests),
    },
    { id: 'result', label: 'Result', givesWay: 3, cell: ({ result }) => <span title={result}>{result}</span> },
  ]
}

/** What an IdP has done, drawn over time and as a list. */
export function CyclesPanel({ status }: { readonly status: IntegrationStatus }) {
  const { slug } = status
  const engine = useEngine()
  const now = useNow()
  const [search, setSearch] = useSearchParams()
  const isWeek = search.get('range') === 'week'
  const drawn = useQuery(
    engine.provisioning.cycles.queryOptions({ input: { slug, limit: mostDrawn }, placeholderData: keepPreviousData }),
  )
  const listed = useInfiniteQuery(
    engine.provisioning.cycles.infiniteOptions({
      input: (before: number | null) => ({ slug, before, limit: pageSize }),
      initialPageParam: null,
      getNextPageParam: (page) => page.next ?? undefined,
    }),
  )
  return (
    <Panel
      title="Cycles"
      isFlush
      actions={
        <SegmentedControl
          size="xs"
          aria-label="How far back"
          value={isWeek ? 'week' : 'day'}
          onChange={(value) => setSearch(value === 'week' ? { range: 'week' } : {}, { replace: true })}
          data={[
            { value: 'day', label: '24 hours' },
            { value: 'week', label: '7 days' },
          ]}
        />
      }
    >
      <QueryView query={listed} lines={5}>
        {({ pages }) => {
          const cycles = pages.flatMap((page) => page.items)
          if (cycles.length === 0)
            return (
              <Nothing why="empty" title="Nothing has been told yet">
                As soon as requests come, they are told apart here: tests, runs on demand, cycles, imports.
              </Nothing>
            )
          return (
            <>
              <div className="padded">
                <CycleTimeline
                  slug={slug}
                  cycles={drawn.data?.items ?? cycles}
                  from={now - (isWeek ? 7 * dayMs : dayMs)}
                  to={now}
                />
              </div>
              <DataTable
                id="cycles"
                label="Cycles, newest first"
                columns={columns(now)}
                rows={cycles}
                keyOf={({ id }) => String(id)}
                hrefOf={({ id }) => `/status/${slug}/cycles/${id}`}
                describe={(cycle) => cycleSentence(cycle, now)}
              />
              {listed.hasNextPage && (
                <div className="padded">
                  <Button
                    variant="default"
                    loading={listed.isFetchingNextPage}
                    onClick={() => void listed.fetchNextPage()}
                  >
                    Show earlier cycles
                  </Button>
                </div>
              )}
            </>
          )
        }}
      </QueryView>
    </Panel>
  )
}
