import { Button, Group } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Archive, ArchiveRestore, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'wouter'
import type { GroupDetail } from '../../../contract/groups.ts'
import { useWayOn } from '../../components/page/use-way-on.ts'
import { amountText } from '../../components/text/amount-text.ts'
import { ConfirmDialog } from '../../components/dialog/confirm-dialog.tsx'
import { focusDetail } from '../../components/focus/focus-place.ts'
import { isolated } from '../../components/text/isolated.ts'
import { Problem } from '../../components/state/problem.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { sourceWord } from '../directory/source-text.tsx'
import { useDirectory } from '../directory/use-directory.ts'

const icon = { size: 14, 'aria-hidden': true } as const

interface GroupActionsProps {
  readonly group: GroupDetail
  /** What follows the path so that the list stays as it is. */
  readonly suffix: string
}

/** What can be done to one group. */
export function GroupActions({ group, suffix }: GroupActionsProps) {
  const { id, source } = group
  const name = isolated(group.displayName)
  const engine = useEngine()
  const navigate = useWayOn()
  const { directory, to } = useDirectory()
  const [asked, setAsked] = useState<'archive' | 'purge'>()
  function onSuccess(): void {
    // Other buttons take the place of the one that had the focus.
    focusDetail()
    setAsked(undefined)
  }
  const archive = useMutation(engine.groups.archive.mutationOptions({ onSuccess }))
  const restore = useMutation(engine.groups.restore.mutationOptions({ onSuccess }))
  const purge = useMutation(
    engine.groups.purge.mutationOptions({ onSuccess: () => navigate(to('/groups', { archived: '1' })) }),
  )
  if (group.archivedAt === null)
    return (
      <>
        <Group gap="xs">
          <Button
            component={Link}
            href={`/groups/${id}/edit${suffix}`}
            variant="default"
            leftSection={<Pencil {...icon} />}
          >
            Rename
          </Button>
          <Button variant="default" leftSection={<Archive {...icon} />} onClick={() => setAsked('archive')}>
            Archive
          </Button>
        </Group>
        <ConfirmDialog
          isOpen={asked === 'archive'}
          onClose={() => setAsked(undefined)}
          title={`Archive ${name}?`}
          action="Archive the group"
          isDangerous
          isBusy={archive.isPending}
          error={archive.error}
          onConfirm={() => archive.mutate({ directory, id, overManaged: true })}
        >
          {name} goes out of sight for every identity provider. Its {amountText(group.members, 'member')} stay in the
          directory, and a restore brings the group back with them.
          {source === 'scim' && ` ${sourceWord(group)} manages this group, finds it gone, and may create it anew.`}
        </ConfirmDialog>
      </>
    )
  return (
    <>
      <Group gap="xs">
        <Button
          leftSection={<ArchiveRestore {...icon} />}
          loading={restore.isPending}
          onClick={() => restore.mutate({ directory, id })}
        >
          Restore
        </Button>
        <Button variant="default" leftSection={<Trash2 {...icon} />} onClick={() => setAsked('purge')}>
          Purge
        </Button>
      </Group>
      <Problem error={restore.error} />
      <ConfirmDialog
        isOpen={asked === 'purge'}
        onClose={() => setAsked(undefined)}
        title={`Purge ${name} for good?`}
        action={`Purge ${isolated(group.displayName.slice(0, 40))}`}
        isDangerous
        isBusy={purge.isPending}
        error={purge.error}
        onConfirm={() => purge.mutate({ directory, id })}
      >
        The group is removed with its {amountText(group.members, 'membership')} and its history; the people stay. This
        cannot be undone; that it happened stays in the audit.
      </ConfirmDialog>
    </>
  )
}
