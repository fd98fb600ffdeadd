import { Button, Code, Group, Loader, Modal, Stack, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useState } from 'react'
import type { BackupPreview } from '../../../contract/backups.ts'
import { amountText, bytesText } from '../../components/text/amount-text.ts'
import { Facts } from '../../components/viewer/facts.tsx'
import { Names } from '../../components/text/names.tsx'
import { Notice } from '../../components/state/notice.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { RelativeTime } from '../../components/text/relative-time.tsx'
import { exactTimeText } from '../../components/text/time-text.ts'
import { useEngine } from '../../rpc/engine.ts'
import { differenceText } from './difference-text.ts'

interface RestoreDialogProps {
  /** The file that is open; none closes the dialog. */
  readonly file: string | undefined
  readonly canRestore: boolean
  /** When the last restore was that the server tells of. */
  readonly lastAt: number | undefined
  readonly onClose: () => void
}

function Content({ preview }: { readonly preview: BackupPreview }) {
  const { createdAt, version, users, groups, integrations, bytes, difference } = preview
  const unknown = integrations.filter((each) => !each.isTokenKnown)
  return (
    <Stack gap="sm">
      <Facts
        facts={[
          ['File', <code key="file">{preview.file}</code>],
          [
            'Written',
            createdAt === null ? (
              'unknown: a plain copy of a database'
            ) : (
              <span key="written">
                <RelativeTime at={createdAt} isPast /> ({exactTimeText(createdAt).slice(0, 16)}), by Rollcall {version}
              </span>
            ),
          ],
          [
            'Holds',
            `${amountText(users, 'user')}, ${amountText(groups, 'group')}, ${amountText(integrations.length, 'integration')}, ${bytesText(bytes)}`,
          ],
          [
            'Integrations',
            integrations.length === 0 ? 'none' : <Names key="names" names={integrations.map(({ name }) => name)} />,
          ],
        ]}
      />
      <div>
        <Text size="sm" fw={600}>
          What a restore would change
        </Text>
        {difference ? (
          <Text size="sm">
            {differenceText('user', difference.users)} {differenceText('group', difference.groups)} Settings, policies
            and custom attributes become those of the backup.
          </Text>
        ) : (
          <Text size="sm">The data in use cannot be compared with it, but can be replaced by it.</Text>
        )}
      </div>
      {unknown.length > 0 && (
        <Notice meaning="attention" title={`${amountText(unknown.length, 'integration')} will need a new token`}>
          This vault does not know the token that <Names names={unknown.map(({ name }) => name)} /> had at that time, as
          after a rotation. Issue a new one after the restore and paste it into the identity provider.
        </Notice>
      )}
    </Stack>
  )
}

/** What is in a backup, and the button that puts it in the place of the data. */
export function RestoreDialog({ file, canRestore, lastAt = 0, onClose }: RestoreDialogProps) {
  const engine = useEngine()
  const preview = useQuery(
    engine.backups.preview.queryOptions({ input: { file: file ?? '-' }, enabled: file !== undefined, retry: false }),
  )
  const [lastBefore, setLastBefore] = useState(lastAt)
  const restore = useMutation(engine.backups.restore.mutationOptions())
  const isUnderWay = restore.isPending || restore.isSuccess
  // The connection goes with the old data: that it is over is known from what the new server tells.
  const isOver = !restore.isIdle && lastAt > lastBefore

  function begin(chosen: string): void {
    // Drawn together with the beginning: else the one before would be taken for the end of this one.
    setLastBefore(lastAt)
    restore.mutate({ file: chosen })
  }

  function close(): void {
    restore.reset()
    onClose()
  }

  const closeWhenOver = useEffectEvent(close)
  useEffect(() => {
    if (isOver) closeWhenOver()
  }, [isOver])

  return (
    <Modal
      opened={file !== undefined}
      onClose={close}
      title={isUnderWay ? 'The data is being restored' : 'What is in this backup'}
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {isUnderWay ? (
        <Stack gap="md" role="status">
          <Group gap="sm" wrap="nowrap">
            <Loader size="sm" aria-hidden />
            <Text size="sm">
              The server ends the requests under way, replaces the data and begins anew. This page connects again by
              itself and then says how it went.
            </Text>
          </Group>
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Close
            </Button>
          </Group>
        </Stack>
      ) : (
        <Stack gap="md">
          <QueryView query={preview} lines={6}>
            {(found) => <Content preview={found} />}
          </QueryView>
          {preview.isSuccess && !canRestore && (
            <Notice meaning="information" title="This server cannot restore while it runs">
              Stop it, then run <Code>rollcall restore {preview.data.file}</Code>
            </Notice>
          )}
          {preview.isSuccess && canRestore && (
            <Text size="sm" c="dimmed">
              The present data is kept beside the restored one and can be restored just so. You stay signed in. Identity
              providers get no connection for some seconds and come back by themselves.
            </Text>
          )}
          <Problem error={restore.error} title="The restore did not begin." />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close} data-autofocus>
              Cancel
            </Button>
            {preview.isSuccess && canRestore && (
              <Button color="red" onClick={() => begin(preview.data.file)}>
                Replace the data by this backup
              </Button>
            )}
          </Group>
        </Stack>
      )}
    </Modal>
  )
}
