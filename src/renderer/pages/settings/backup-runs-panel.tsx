import type { BackupRun } from '../../../contract/backups.ts'
import { bytesText } from '../../components/text/amount-text.ts'
import { DataTable, type Column } from '../../components/table/data-table.tsx'
import { Nothing } from '../../components/state/nothing.tsx'
import { Panel } from '../../components/page/panel.tsx'
import { RelativeTime } from '../../components/text/relative-time.tsx'
import { StateBadge } from '../../components/state/state-badge.tsx'

const byWhom = { schedule: 'schedule', console: 'console', 'command line': 'command line' } as const

function outcome({ endedAt, problem }: BackupRun) {
  if (problem !== null) return <StateBadge meaning="failure" word="Failed" />
  if (endedAt === null) return <StateBadge meaning="neutral" icon="working" word="Not finished" />
  return <StateBadge meaning="ok" word="Written" />
}

const columns: readonly Column<BackupRun>[] = [
  { id: 'when', label: 'When', width: 130, cell: ({ startedAt }) => <RelativeTime at={startedAt} isPast /> },
  { id: 'by', label: 'By', width: 110, cell: ({ startedBy }) => byWhom[startedBy] },
  { id: 'outcome', label: 'Outcome', width: 120, cell: outcome },
  {
    id: 'what',
    label: 'File, or why not',
    wraps: true,
    cell: ({ file, problem, bytes }) => problem ?? (file === null ? '–' : `${file}, ${bytesText(bytes ?? 0)}`),
  },
]

/** What became of the last backups. */
export function BackupRunsPanel({ runs }: { readonly runs: readonly BackupRun[] }) {
  return (
    <Panel title="How the last ones went" isFlush>
      {runs.length === 0 ? (
        <Nothing why="empty" title="None has been tried yet" />
      ) : (
        <DataTable
          id="backup-runs"
          label="How the last backups went"
          columns={columns}
          rows={runs}
          keyOf={({ id }) => String(id)}
          describe={({ file, problem }) => problem ?? file ?? 'not finished'}
        />
      )}
    </Panel>
  )
}
