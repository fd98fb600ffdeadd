import { Anchor, Button, Group, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import type { UserDetail } from '../../../contract/users.ts'
import { ConfirmDialog } from '../../components/dialog/confirm-dialog.tsx'
import { isolated } from '../../components/text/isolated.ts'
import { Problem } from '../../components/state/problem.tsx'
import { StateBadge } from '../../components/state/state-badge.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { refusalReason } from '../../rpc/problem-of.ts'
import { useDirectory } from '../directory/use-directory.ts'
import { AddToGroupDialog } from './add-to-group-dialog.tsx'
import classes from './user-groups-tab.module.css'

interface UserGroupsTabProps {
  readonly user: UserDetail
  readonly directory: string
}

type UserGroup = UserDetail['groups'][number]

/** The groups of a person: those it is in itself, and those it is in through others. */
export function UserGroupsTab({ user, directory }: UserGroupsTabProps) {
  const engine = useEngine()
  const { to } = useDirectory()
  const [isAdding, setAdding] = useState(false)
  const [leaving, setLeaving] = useState<UserGroup>()
  const name = isolated(user.displayName ?? user.userName)
  const change = useMutation(engine.groups.changeMembers.mutationOptions({ onSuccess: () => setLeaving(undefined) }))
  const isManaged = refusalReason(change.error) === 'managed'
  const groups = user.groups.toSorted((one, other) => Number(other.isDirect) - Number(one.isDirect))

  function leave(group: UserGroup, overManaged: boolean): void {
    change.mutate({ directory, id: group.id, remove: [user.id], overManaged })
  }

  return (
    <>
      {user.archivedAt === null && !user.isHidden && (
        <Group justify="flex-end">
          <Button variant="default" onClick={() => setAdding(true)}>
            Add to a group
          </Button>
        </Group>
      )}
      {groups.length === 0 ? (
        <Text size="sm" c="dimmed">
          {user.isHidden ? 'Local administrators are in no group: SCIM does not see them.' : `${name} is in no group.`}
        </Text>
      ) : (
        <ul className={classes['groups']} aria-label={`Groups of ${name}`}>
          {groups.map((group) => (
            <li key={group.id}>
              <Anchor component={Link} href={to(`/groups/${group.id}`)} inherit className="breakable">
                <bdi>{group.displayName}</bdi>
              </Anchor>
              <span className={classes['how']}>
                {group.isDirect ? 'Direct' : <StateBadge meaning="information" word="Through another group" />}
              </span>
              {group.isDirect && (
                <Button
                  variant="default"
                  size="compact-xs"
                  aria-label={`Take out of ${group.displayName}: ${name}`}
                  onClick={() => {
                    change.reset()
                    setLeaving(group)
                  }}
                >
                  Take out
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {leaving && (
        <ConfirmDialog
          isOpen
          onClose={() => setLeaving(undefined)}
          title={`Take ${name} out of ${isolated(leaving.displayName)}?`}
          action={isManaged ? 'Take out all the same' : 'Take out'}
          isBusy={change.isPending}
          error={isManaged ? undefined : change.error}
          onConfirm={() => leave(leaving, isManaged)}
        >
          {isManaged
            ? 'An identity provider manages this group. What you change is shown as edited by hand until it writes the members again.'
            : 'The membership ends at once, also in the groups that this group is in.'}
        </ConfirmDialog>
      )}
      {!leaving && <Problem error={change.error} />}
      {isAdding && <AddToGroupDialog user={user} directory={directory} onClose={() => setAdding(false)} />}
    </>
  )
}
