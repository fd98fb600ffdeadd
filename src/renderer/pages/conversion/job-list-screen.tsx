import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import type { Job } from '../../../contract/jobs.ts'
import { numberText } from '../../components/text/amount-text.ts'
import { DataTable, type Column } from '../../components/table/data-table.tsx'
import { ListFrame } from '../../components/table/list-frame.tsx'
import { Nothing } from '../../components/state/nothing.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { RelativeTime } from '../../components/text/relative-time.tsx'
import { StateBadge } from '../../components/state/state-badge.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { useDirectory } from '../directory/use-directory.ts'
import { ConversionTabs } from './conversion-tabs.tsx'
import { jobStateText, jobTitle, progressText, resultText } from './job-text.ts'

const columns: readonly Column<Job>[] = [
  { id: 'id', label: 'Job', width: 64, isNumber: true, cell: ({ id }) => id },
  { id: 'what', label: 'What', width: 200, cell: jobTitle },
  { id: 'state', label: 'State', width: 120, cell: (job) => <StateBadge {...jobStateText(job)} /> },
  {
    id: 'done',
    label: 'Done',
    width: 150,
    givesWay: 3,
    isNumber: true,
    cell: ({ done, total }) => `${numberText(done)} of ${numberText(total)}`,
  },
  {
    id: 'result',
    label: 'Result',
    givesWay: 4,
    cell: (job) => <span title={job.problem ?? undefined}>{job.problem ?? resultText(job)}</span>,
  },
  {
    id: 'created',
    label: 'Started',
    width: 120,
    givesWay: 2,
    cell: ({ createdAt }) => <RelativeTime at={createdAt} isPast />,
  },
  { id: 'actor', label: 'By', width: 120, givesWay: 1, cell: ({ actor }) => actor },
]

/** The conversions and undos of the past, and the one under way. */
export function JobListScreen() {
  const { directory, to } = useDirectory()
  const engine = useEngine()
  const query = useQuery(engine.jobs.list.queryOptions({ input: { directory } }))
  return (
    <>
      <ConversionTabs current="/conversion/jobs" />
      <ListFrame fills>
        <QueryView query={query} lines={6}>
          {(jobs) =>
            jobs.length === 0 ? (
              <Nothing
                why="empty"
                title="Nothing has been converted yet"
                action={
                  <Button component={Link} href={to('/conversion')} variant="default">
                    Make a preview
                  </Button>
                }
              >
                Each conversion and each undo stays here, with what it changed and whom it left.
              </Nothing>
            ) : (
              <DataTable
                id="jobs"
                label="Jobs, newest first"
                columns={columns}
                rows={jobs}
                keyOf={({ id }) => String(id)}
                hrefOf={({ id }) => to(`/conversion/jobs/${id}`)}
                describe={(job) =>
                  `${jobTitle(job)}, ${jobStateText(job).word}, ${progressText(job)}, ${resultText(job)}`
                }
              />
            )
          }
        </QueryView>
      </ListFrame>
    </>
  )
}
