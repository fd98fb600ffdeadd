import { useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'wouter'
import type { LastRestore } from '../../../contract/backups.ts'
import { dialogEntry, useCloseDialog } from '../../components/dialog/dialog-entry.ts'
import { Notice } from '../../components/state/notice.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { RelativeTime } from '../../components/text/relative-time.tsx'
import { StoredForm } from '../../components/form/stored-form.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { useNow } from '../../stores/clock.ts'
import { BackupFilesPanel } from './backup-files-panel.tsx'
import { BackupRunsPanel } from './backup-runs-panel.tsx'
import { BackupSchedulePanel } from './backup-schedule-panel.tsx'
import { RestoreDialog } from './restore-dialog.tsx'

function RestoreNotice({ last }: { readonly last: LastRestore }) {
  if (last.problem !== null)
    return (
      <Notice meaning="failure" title="The restore failed, and changed nothing" isNew>
        {last.problem} (<RelativeTime at={last.at} isPast />, {last.file})
      </Notice>
    )
  return (
    <Notice meaning={last.rotate.length === 0 ? 'ok' : 'attention'} title={`The data was restored from a backup`} isNew>
      <RelativeTime at={last.at} isPast />, from {last.file}.{' '}
      {last.kept !== null && `The data before it is kept in ${last.kept}; it can be restored just so. `}
      {last.keptLog !== null &&
        `The request log before it is of other integrations, and was put aside as ${last.keptLog}. `}
      {last.rotate.length > 0 &&
        `This vault does not know the token of ${last.rotate.join(', ')}: issue a new one, or nobody gets in.`}
    </Notice>
  )
}

/** How long a restore is told of, in ms. */
const recentMs = 24 * 3_600_000

/** Backups: by hand, by a schedule, and back. */
export function BackupsSection() {
  const engine = useEngine()
  const now = useNow()
  const [search, setSearch] = useSearchParams()
  const closeDialog = useCloseDialog()
  const query = useQuery(engine.backups.list.queryOptions())
  const opened = search.get('restore') ?? undefined
  return (
    <QueryView query={query} lines={10}>
      {({ folder, items, schedule, nextAt, runs, lastRestore, canRestore }) => (
        <>
          {lastRestore && now - lastRestore.at < recentMs && <RestoreNotice last={lastRestore} />}
          <BackupFilesPanel
            folder={folder}
            files={items}
            onRestore={(file) => setSearch({ restore: file }, { state: dialogEntry })}
            last={runs[0]}
          />
          <StoredForm stored={schedule}>
            {(seen, key) => <BackupSchedulePanel key={key} schedule={seen} nextAt={nextAt} />}
          </StoredForm>
          <BackupRunsPanel runs={runs} />
          <RestoreDialog
            file={opened}
            canRestore={canRestore}
            lastAt={lastRestore?.at}
            onClose={() => closeDialog('/settings/backups')}
          />
        </>
      )}
    </QueryView>
  )
}
