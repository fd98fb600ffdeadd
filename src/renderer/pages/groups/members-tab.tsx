import { Button, Group } from '@mantine/core'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { GroupDetail, GroupMember } from '../../../contract/groups.ts'
import { amountText, numberText } from '../../components/text/amount-text.ts'
import { ConfirmDialog } from '../../components/dialog/confirm-dialog.tsx'
import { focusDetail } from '../../components/focus/focus-place.ts'
import { DataTable, type Column } from '../../components/table/data-table.tsx'
import { isolated } from '../../components/text/isolated.ts'
import { ListFrame } from '../../components/table/list-frame.tsx'
import { Nothing } from '../../components/state/nothing.tsx'
import { Pager } from '../../components/table/pager.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { SearchBox } from '../../components/table/search-box.tsx'
import { StateBadge } from '../../components/state/state-badge.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { sourceWord } from '../directory/source-text.tsx'
import { useDirectory } from '../directory/use-directory.ts'
import { useSelection } from '../directory/use-selection.ts'
import { AddMembersDialog } from './add-members-dialog.tsx'
import { MemberDrift } from './member-drift.tsx'
import classes from './members-tab.module.css'

const pageSize = 100
const nobody: readonly GroupMember[] = []

const columns: readonly Column<GroupMember>[] = [
  {
    id: 'name',
    label: 'Name',
    cell: (member) => (
      <bdi className="cut" title={member.name}>
        {member.name}
      </bdi>
    ),
  },
  {
    id: 'what',
    label: 'userName',
    cell: (member) =>
      member.kind === 'Group' ? (
        'Group'
      ) : (
        <bdi className="cut" title={member.userName ?? undefined}>
          {member.userName}
        </bdi>
      ),
  },
  {
    id: 'state',
    label: 'State',
    width: 120,
    cell: (member) =>
      member.isByHand ? (
        <StateBadge meaning="attention" word="By hand" />
      ) : member.isHidden ? (
        <StateBadge meaning="information" word="Hidden" />
      ) : member.isActive ? (
        <StateBadge meaning="ok" word="Active" />
      ) : (
        <StateBadge meaning="neutral" icon="paused" word="Inactive" />
      ),
  },
]

interface MembersTabProps {
  readonly group: GroupDetail
  readonly directory: string
}

/** The members of a group, page by page: found, put in, taken out. */
export function MembersTab({ group, directory }: MembersTabProps) {
  const engine = useEngine()
  const { to } = useDirectory()
  const [text, setText] = useState('')
  /** Where each page so far begins; the last one is shown. */
  const [starts, setStarts] = useState<readonly (string | null)[]>([null])
  const [isAdding, setAdding] = useState(false)
  const [isRemoving, setRemoving] = useState(false)
  const after = starts.at(-1) ?? null
  const query = useQuery(
    engine.groups.members.queryOptions({
      input: { directory, id: group.id, query: text, after, limit: pageSize },
      placeholderData: keepPreviousData,
    }),
  )
  const rows = (query.data?.items ?? nobody).map((each) => ({ ...each, source: group.source }))
  const selection = useSelection(`${group.id} ${text}`, rows, (member) => member.name)
  const change = useMutation(
    engine.groups.changeMembers.mutationOptions({
      onSuccess() {
        focusDetail()
        setRemoving(false)
        selection.clear()
      },
    }),
  )
  const takeBack = useMutation(engine.groups.takeBack.mutationOptions())
  const isArchived = group.archivedAt !== null

  function search(next: string): void {
    setText(next)
    setStarts([null])
  }

  return (
    <div className={classes['tab']}>
      <Problem error={takeBack.error} title="Nothing was taken back." />
      {group.memberDrift.length > 0 && (
        <MemberDrift
          group={group}
          isBusy={takeBack.isPending}
          onTakeBack={() => takeBack.mutate({ directory, id: group.id, attributes: ['members'] })}
        />
      )}
      <Group gap="xs" justify="space-between">
        <SearchBox label="Search members" placeholder="Search members" value={text} onChange={search} width={220} />
        {!isArchived && (
          <Group gap="xs">
            {selection.ids.length > 0 && (
              <Button
                variant="default"
                onClick={() => {
                  change.reset()
                  setRemoving(true)
                }}
              >
                Take {numberText(selection.ids.length)} out
              </Button>
            )}
            <Button variant="default" onClick={() => setAdding(true)}>
              Add members
            </Button>
          </Group>
        )}
      </Group>
      <ListFrame>
        <QueryView query={query} lines={6}>
          {({ items, next }) =>
            items.length === 0 && starts.length === 1 ? (
              <Nothing
                why={text === '' ? 'empty' : 'filtered'}
                title={text === '' ? 'It has no members' : `No member is found by “${text}”`}
              />
            ) : (
              <>
                <DataTable
                  id="members"
                  label={`Members of ${group.displayName}`}
                  columns={columns}
                  rows={items.map((each) => ({ ...each, source: group.source }))}
                  keyOf={(member) => member.id}
                  hrefOf={(member) => to(`/${member.kind === 'User' ? 'users' : 'groups'}/${member.id}`)}
                  describe={(member) => `${member.name}, ${member.kind === 'User' ? 'person' : 'group'}`}
                  {...(isArchived ? {} : { selection })}
                  firstRow={(starts.length - 1) * pageSize + 1}
                  {...(text === '' ? { total: group.members } : {})}
                />
                <Pager
                  what="members"
                  first={(starts.length - 1) * pageSize + 1}
                  count={items.length}
                  total={text === '' ? group.members : null}
                  previous={starts.length > 1 ? 'before' : null}
                  next={next}
                  onGo={(cursor) => {
                    if (cursor === null) setStarts([null])
                    else if (cursor === 'before') setStarts(starts.slice(0, -1))
                    else setStarts([...starts, cursor])
                  }}
                />
              </>
            )
          }
        </QueryView>
      </ListFrame>
      <ConfirmDialog
        isOpen={isRemoving}
        onClose={() => setRemoving(false)}
        title={`Take ${amountText(selection.ids.length, 'member')} out of ${isolated(group.displayName)}?`}
        action="Take them out"
        isBusy={change.isPending}
        error={change.error}
        onConfirm={() =>
          change.mutate({
            directory,
            id: group.id,
            remove: selection.ids.slice(0, 1000),
            overManaged: group.source === 'scim',
          })
        }
      >
        They stay in the directory.
        {group.source === 'scim' &&
          ` ${sourceWord(group)} manages this group: what you change is shown as edited by hand until it writes the members again.`}
        {selection.ids.length > 1000 && ' The first 1,000 of them go now.'}
      </ConfirmDialog>
      {isAdding && <AddMembersDialog group={group} directory={directory} onClose={() => setAdding(false)} />}
    </div>
  )
}
