import { ActionIcon, Button, Group, Menu } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Archive, ArchiveRestore, Ellipsis, Pencil, Trash2, UserCheck, UserX } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'wouter'
import type { UserDetail } from '../../../contract/users.ts'
import { useWayOn } from '../../components/page/use-way-on.ts'
import { ConfirmDialog } from '../../components/dialog/confirm-dialog.tsx'
import { focusDetail } from '../../components/focus/focus-place.ts'
import { Problem } from '../../components/state/problem.tsx'
import { useConnection } from '../../rpc/engine.ts'
import { unreachable } from '../../unreachable.ts'
import { roleNames, roles } from '../directory/role-names.ts'
import { useDirectory } from '../directory/use-directory.ts'
import { questionOf, type UserAct } from './user-acts.ts'

const icon = { size: 14, 'aria-hidden': true } as const

interface UserActionsProps {
  readonly user: UserDetail
  /** What follows the path so that the list stays as it is. */
  readonly suffix: string
}

/** What can be done to one person. */
export function UserActions({ user, suffix }: UserActionsProps) {
  const { id, active, role, archivedAt } = user
  const connection = useConnection()
  const navigate = useWayOn()
  const { directory, to } = useDirectory()
  const [asked, setAsked] = useState<UserAct>()
  const carryOut = useMutation({
    async mutationFn(act: UserAct): Promise<void> {
      const { users } = connection.engine
      const which = { directory, id, overManaged: true }
      switch (act.kind) {
        case 'activate':
        case 'deactivate':
          return void (await users.setStanding({ ...which, active: act.kind === 'activate' }))
        case 'role':
          return void (await users.setStanding({ ...which, role: act.role }))
        case 'archive':
          return void (await users.archive(which))
        case 'restore':
          return void (await users.restore({ directory, id }))
        case 'purge':
          return void (await users.purge({ directory, id }))
        default:
          return unreachable(act)
      }
    },
    onSuccess(_result, act) {
      // Other buttons take the place of the one that had the focus.
      if (act.kind === 'archive' || act.kind === 'restore') focusDetail()
      setAsked(undefined)
      if (act.kind === 'purge') navigate(to('/users', { archived: '1' }))
    },
  })
  const question = asked && questionOf(user, asked)

  function begin(act: UserAct): void {
    carryOut.reset()
    if (questionOf(user, act)) setAsked(act)
    else carryOut.mutate(act)
  }

  return (
    <>
      <Group gap="xs">
        {archivedAt === null ? (
          <>
            <Button
              component={Link}
              href={`/users/${id}/edit${suffix}`}
              variant="default"
              leftSection={<Pencil {...icon} />}
            >
              Edit
            </Button>
            <Menu position="bottom-end" width={230}>
              <Menu.Target>
                <ActionIcon size={30} variant="default" aria-label={`More for ${user.userName}`}>
                  <Ellipsis size={16} aria-hidden />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                {active ? (
                  <Menu.Item leftSection={<UserX {...icon} />} onClick={() => begin({ kind: 'deactivate' })}>
                    Deactivate
                  </Menu.Item>
                ) : (
                  <Menu.Item leftSection={<UserCheck {...icon} />} onClick={() => begin({ kind: 'activate' })}>
                    Activate
                  </Menu.Item>
                )}
                <Menu.Item leftSection={<Archive {...icon} />} onClick={() => begin({ kind: 'archive' })}>
                  Archive
                </Menu.Item>
                <Menu.Label>Role</Menu.Label>
                {roles.map((each) => (
                  <Menu.Item
                    key={each}
                    aria-current={each === role || undefined}
                    fw={each === role ? 600 : undefined}
                    disabled={each === role}
                    onClick={() => begin({ kind: 'role', role: each })}
                  >
                    {roleNames[each]}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
          </>
        ) : (
          <>
            <Button
              leftSection={<ArchiveRestore {...icon} />}
              loading={carryOut.isPending && carryOut.variables.kind === 'restore'}
              onClick={() => begin({ kind: 'restore' })}
            >
              Restore
            </Button>
            <Button variant="default" leftSection={<Trash2 {...icon} />} onClick={() => begin({ kind: 'purge' })}>
              Purge
            </Button>
          </>
        )}
      </Group>
      {!question && <Problem error={carryOut.error} />}
      {asked && question && (
        <ConfirmDialog
          isOpen
          onClose={() => setAsked(undefined)}
          title={question.title}
          action={question.action}
          isDangerous={question.isDangerous}
          isBusy={carryOut.isPending}
          error={carryOut.error}
          onConfirm={() => carryOut.mutate(asked)}
        >
          {question.text}
        </ConfirmDialog>
      )}
    </>
  )
}
