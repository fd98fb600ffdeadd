import { ActionIcon, Button, Group, Stack, Text, TextInput, Tooltip } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import { useState, type FormEvent } from 'react'
import type { Backup, BackupRun } from '../../../contract/backups.ts'
import { amountText, bytesText } from '../../components/text/amount-text.ts'
import { ConfirmDialog } from '../../components/dialog/confirm-dialog.tsx'
import { DataTable, type Column } from '../../components/table/data-table.tsx'
import { firstClick } from '../../components/dialog/first-click.ts'
import { Notice } from '../../components/state/notice.tsx'
import { Nothing } from '../../components/state/nothing.tsx'
import { Panel } from '../../components/page/panel.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { RelativeTime } from '../../components/text/relative-time.tsx'
import { exactTimeText } from '../../components/text/time-text.ts'
import { useEngine } from '../../rpc/engine.ts'

interface BackupFilesPanelProps {
  readonly folder: string
  readonly files: readonly Backup[]
  readonly last: BackupRun | undefined
  readonly onRestore: (file: string) => void
}

function columns(onRestore: (file: string) => void, onDelete: (backup: Backup) => void): readonly Column<Backup>[] {
  return [
    { id: 'file', label: 'File', cell: ({ file }) => <span title={file}>{file}</span> },
    { id: 'written', label: 'Written', width: 130, cell: ({ createdAt }) => <RelativeTime at={createdAt} isPast /> },
    { id: 'by', label: 'By', width: 90, cell: ({ isScheduled }) => (isScheduled ? 'schedule' : 'hand') },
    { id: 'size', label: 'Size', width: 90, isNumber: true, cell: ({ bytes }) => bytesText(bytes) },
    {
      id: 'actions',
      label: 'Actions',
      width: 170,
      cell: (backup) => (
        <Group gap={4} wrap="nowrap">
          <Button size="compact-xs" variant="default" onClick={() => onRestore(backup.file)}>
            Look or restore
          </Button>
          <Tooltip label="Delete this backup">
            <ActionIcon size="sm" aria-label={`Delete ${backup.file}`} onClick={() => onDelete(backup)}>
              <Trash2 size={14} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </Group>
      ),
    },
  ]
}

/** The files in the folder of backups, and a button that writes another. */
export function BackupFilesPanel({ folder, files, last, onRestore }: BackupFilesPanelProps) {
  const engine = useEngine()
  const [asked, setAsked] = useState<Backup>()
  const [other, setOther] = useState('')
  const create = useMutation(engine.backups.create.mutationOptions())
  const remove = useMutation(engine.backups.remove.mutationOptions({ onSuccess: () => setAsked(undefined) }))

  function openOther(event: FormEvent): void {
    event.preventDefault()
    onRestore(other.trim())
  }

  return (
    <Panel
      title="Backups"
      isFlush
      actions={
        <Button loading={create.isPending} onClick={firstClick(() => create.mutate({}))}>
          Write a backup now
        </Button>
      }
    >
      {(create.data ?? create.error ?? (last?.problem && !create.isPending)) && (
        <Stack p="sm" gap="sm">
          {create.data && (
            <Notice meaning="ok" isNew>
              {create.data.file} was written: {amountText(create.data.users, 'user')},{' '}
              {amountText(create.data.groups, 'group')}, {amountText(create.data.integrations, 'integration')},{' '}
              {bytesText(create.data.bytes)}.
            </Notice>
          )}
          <Problem error={create.error} title="The backup was not written." />
          {last?.problem && !create.data && !create.error && (
            <Notice meaning="failure" title="The last backup failed">
              {last.problem} (<RelativeTime at={last.startedAt} isPast />)
            </Notice>
          )}
        </Stack>
      )}
      {files.length === 0 ? (
        <Nothing why="empty" title="No backup has been written yet">
          A backup is one file with users, groups, integrations, settings and the audit. Write one now, or let the
          server do it every day.
        </Nothing>
      ) : (
        <DataTable
          id="backups"
          label="Backups"
          columns={columns(onRestore, setAsked)}
          rows={files}
          keyOf={({ file }) => file}
          describe={({ file, createdAt, bytes }) => `${file}, written ${exactTimeText(createdAt)}, ${bytesText(bytes)}`}
        />
      )}
      <Stack gap="sm" p="md">
        <Text size="xs" c="dimmed" className="breakable">
          In {folder}. Neither secrets nor the request log are in a backup; keep a copy of it on another machine.
        </Text>
        <form onSubmit={openOther}>
          <Group align="flex-end" gap="xs">
            <TextInput
              label="Another file on the server"
              placeholder="/mnt/backups/rollcall-monday.db"
              value={other}
              onChange={(event) => setOther(event.currentTarget.value)}
              flex="1 1 300px"
            />
            <Button
              type="submit"
              variant="default"
              h={36}
              disabled={!other.trim().startsWith('/') && !/^[a-z]:/i.test(other)}
            >
              Look into it
            </Button>
          </Group>
        </form>
      </Stack>
      <ConfirmDialog
        isOpen={asked !== undefined}
        onClose={() => setAsked(undefined)}
        title={`Delete the backup of ${asked ? exactTimeText(asked.createdAt).slice(0, 16) : ''}?`}
        action="Delete the backup"
        isDangerous
        isBusy={remove.isPending}
        error={remove.error}
        onConfirm={() => asked && remove.mutate({ file: asked.file })}
      >
        {asked?.file}, {bytesText(asked?.bytes ?? 0)}. This cannot be undone.
        {files.length === 1 && ' It is the only one here.'}
      </ConfirmDialog>
    </Panel>
  )
}
