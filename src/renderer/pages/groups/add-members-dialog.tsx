import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { GroupDetail } from '../../../contract/groups.ts'
import { amountText } from '../../components/text/amount-text.ts'
import { InputDialog } from '../../components/dialog/input-dialog.tsx'
import { isolated } from '../../components/text/isolated.ts'
import { Problem } from '../../components/state/problem.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { SearchBox } from '../../components/table/search-box.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { PickList, type PickItem } from '../directory/pick-list.tsx'
import { sourceWord } from '../directory/source-text.tsx'

interface AddMembersDialogProps {
  readonly group: GroupDetail
  readonly directory: string
  readonly onClose: () => void
}

const shown = 50

/** Finds people and groups and puts them into a group. */
export function AddMembersDialog({ group, directory, onClose }: AddMembersDialogProps) {
  const engine = useEngine()
  const [kind, setKind] = useState<'people' | 'groups'>('people')
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<readonly string[]>([])
  const people = useQuery(
    engine.users.search.queryOptions({
      input: { directory, query: text, limit: shown },
      placeholderData: keepPreviousData,
      enabled: kind === 'people',
    }),
  )
  const groups = useQuery(
    engine.groups.search.queryOptions({
      input: { directory, query: text, limit: shown },
      placeholderData: keepPreviousData,
      enabled: kind === 'groups',
    }),
  )
  const found = kind === 'people' ? people : groups
  const ids = found.data?.items.map((each) => each.id) ?? []
  const members = useQuery(
    engine.groups.whichAreMembers.queryOptions({
      input: { directory, id: group.id, ids },
      placeholderData: keepPreviousData,
      enabled: ids.length > 0,
    }),
  )
  const change = useMutation(engine.groups.changeMembers.mutationOptions({ onSuccess: onClose }))
  const isIn = (id: string) => members.data?.ids.includes(id) === true
  const personItems = (people.data?.items ?? [])
    .filter((each) => each.role !== 'administrator' || each.source !== 'local')
    .map((each): PickItem => ({
      id: each.id,
      name: each.displayName ?? each.userName,
      remark: each.userName,
      isIn: isIn(each.id),
    }))
  const groupItems = (groups.data?.items ?? [])
    .filter((each) => each.id !== group.id)
    .map((each): PickItem => ({
      id: each.id,
      name: each.displayName,
      remark: amountText(each.members, 'member'),
      isIn: isIn(each.id),
    }))

  function toggle(id: string): void {
    change.reset()
    setChosen(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id])
  }

  const list = (label: string, items: readonly PickItem[], total: number | null) => (
    <>
      <PickList
        label={label}
        empty={text === '' ? 'There is nobody to add.' : `Nothing is found by “${text}”.`}
        items={items}
        chosen={chosen}
        onToggle={toggle}
      />
      {(total === null || total > shown) && (
        <Text size="xs" c="dimmed">
          The first {shown} are shown; search for the others.
        </Text>
      )}
    </>
  )

  return (
    <InputDialog
      title={`Add members to ${isolated(group.displayName)}`}
      size="lg"
      isUnsaved={chosen.length > 0 && !change.isPending}
      onClose={onClose}
    >
      {(cancel) => (
        <Stack gap="sm">
          <Group gap="xs" wrap="nowrap">
            <SegmentedControl
              aria-label="What is added"
              size="xs"
              flex="none"
              data={[
                { value: 'people', label: 'People' },
                { value: 'groups', label: 'Groups' },
              ]}
              value={kind}
              onChange={setKind}
            />
            <SearchBox
              isFirst
              label={kind === 'people' ? 'Search people' : 'Search groups'}
              placeholder={kind === 'people' ? 'Search by name or address' : 'Search by name'}
              value={text}
              onChange={setText}
              width="100%"
            />
          </Group>
          {kind === 'people' ? (
            <QueryView query={people}>{({ total }) => list('People', personItems, total)}</QueryView>
          ) : (
            <QueryView query={groups}>{({ total }) => list('Groups', groupItems, total)}</QueryView>
          )}
          {group.source === 'scim' && (
            <Text size="sm">
              {sourceWord(group)} manages this group. Your change is shown as edited by hand until it writes the members
              again.
            </Text>
          )}
          <Problem error={change.error} title="Nobody was added." />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={cancel}>
              Cancel
            </Button>
            <Button
              disabled={chosen.length === 0}
              loading={change.isPending}
              onClick={() =>
                change.mutate({
                  directory,
                  id: group.id,
                  add: [...chosen],
                  overManaged: group.source === 'scim',
                })
              }
            >
              {chosen.length === 0 ? 'Add members' : `Add ${amountText(chosen.length, 'member')}`}
            </Button>
          </Group>
        </Stack>
      )}
    </InputDialog>
  )
}
