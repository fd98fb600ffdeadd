import { Button, Group, Stack, Text } from '@mantine/core'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { UserDetail } from '../../../contract/users.ts'
import { amountText } from '../../components/text/amount-text.ts'
import { InputDialog } from '../../components/dialog/input-dialog.tsx'
import { isolated } from '../../components/text/isolated.ts'
import { Problem } from '../../components/state/problem.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { SearchBox } from '../../components/table/search-box.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { PickList } from '../directory/pick-list.tsx'
import { sourceWord } from '../directory/source-text.tsx'

interface AddToGroupDialogProps {
  readonly user: UserDetail
  readonly directory: string
  readonly onClose: () => void
}

/** Finds a group and puts a person into it. */
export function AddToGroupDialog({ user, directory, onClose }: AddToGroupDialogProps) {
  const engine = useEngine()
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<string>()
  const query = useQuery(
    engine.groups.search.queryOptions({
      input: { directory, query: text, limit: 50 },
      placeholderData: keepPreviousData,
    }),
  )
  const change = useMutation(engine.groups.changeMembers.mutationOptions({ onSuccess: onClose }))
  const name = isolated(user.displayName ?? user.userName)
  const group = query.data?.items.find((each) => each.id === chosen)
  return (
    <InputDialog
      title={`Add ${name} to a group`}
      size="lg"
      isUnsaved={chosen !== undefined && !change.isPending}
      onClose={onClose}
    >
      {(cancel) => (
        <Stack gap="sm">
          <SearchBox
            isFirst
            label="Search groups"
            placeholder="Search by name"
            value={text}
            onChange={setText}
            width="100%"
          />
          <QueryView query={query}>
            {({ items }) => (
              <PickList
                label="Groups"
                empty={text === '' ? 'There is no group yet.' : `No group is found by “${text}”.`}
                items={items.map((each) => ({
                  id: each.id,
                  name: each.displayName,
                  remark: `${amountText(each.members, 'member')} · ${sourceWord(each)}`,
                  isIn: user.groups.some(({ id, isDirect }) => id === each.id && isDirect),
                }))}
                chosen={chosen === undefined ? [] : [chosen]}
                onToggle={(id) => setChosen(id === chosen ? undefined : id)}
              />
            )}
          </QueryView>
          {group?.source === 'scim' && (
            <Text size="sm">
              {sourceWord(group)} manages this group. Your change is shown as edited by hand until it writes the members
              again.
            </Text>
          )}
          <Problem error={change.error} title="Nothing was changed." />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={cancel}>
              Cancel
            </Button>
            <Button
              disabled={!group}
              loading={change.isPending}
              onClick={() => group && change.mutate({ directory, id: group.id, add: [user.id], overManaged: true })}
            >
              {group ? `Add to ${isolated(group.displayName.slice(0, 60))}` : 'Add'}
            </Button>
          </Group>
        </Stack>
      )}
    </InputDialog>
  )
}
