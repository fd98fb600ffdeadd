import { Button, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { Job, JobRemark } from '../../../contract/jobs.ts'
import { DataTable, type Column } from '../../components/table/data-table.tsx'
import { Panel } from '../../components/page/panel.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { StateBadge } from '../../components/state/state-badge.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { useDirectory } from '../directory/use-directory.ts'

const pageSize = 100

const words = {
  skipped: <StateBadge meaning="attention" word="Left" />,
  failed: <StateBadge meaning="failure" word="Failed" />,
  left: <StateBadge meaning="attention" word="Left" />,
} as const

const columns: readonly Column<JobRemark>[] = [
  { id: 'userName', label: 'User ID', cell: ({ userName }) => <bdi className="cut">{userName}</bdi> },
  {
    id: 'target',
    label: 'Would have become',
    cell: ({ target }) => (target === null ? '–' : <bdi className="cut">{target}</bdi>),
  },
  { id: 'outcome', label: 'Outcome', width: 110, cell: ({ outcome }) => words[outcome] },
  { id: 'reason', label: 'Why', wraps: true, cell: ({ reason }) => reason },
]

/** Whom a job has left at its run, and why. */
export function JobRemarks({ job }: { readonly job: Job }) {
  const engine = useEngine()
  const { to } = useDirectory()
  const query = useInfiniteQuery(
    engine.jobs.remarks.infiniteOptions({
      input: (after: number) => ({ id: job.id, after, limit: pageSize }),
      initialPageParam: -1,
      getNextPageParam: ({ next }) => next ?? undefined,
    }),
  )
  return (
    <QueryView query={query}>
      {({ pages }) => {
        const remarks = pages.flatMap(({ items }) => items)
        return (
          <Panel title="Left at the run" isFlush={remarks.length > 0}>
            {remarks.length === 0 ? (
              <Text size="sm">Nobody. Everybody whom it reached was dealt with as the preview said.</Text>
            ) : (
              <>
                <DataTable
                  id="job-remarks"
                  label="Left at the run"
                  columns={columns}
                  rows={remarks}
                  keyOf={({ seq }) => String(seq)}
                  hrefOf={({ id }) => to(`/users/${id}`)}
                  describe={({ userName, reason }) => `${userName}: ${reason}`}
                />
                {query.hasNextPage && (
                  <Button
                    variant="subtle"
                    fullWidth
                    loading={query.isFetchingNextPage}
                    onClick={() => void query.fetchNextPage()}
                  >
                    Show more
                  </Button>
                )}
              </>
            )}
          </Panel>
        )
      }}
    </QueryView>
  )
}
