import { ActionIcon, Button, Group, Menu, Text, TextInput, Tooltip } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Bookmark, BookmarkPlus, Trash2 } from 'lucide-react'
import { useState, type FormEvent } from 'react'
import { Problem } from '../../../components/state/problem.tsx'
import { useEngine } from '../../../rpc/engine.ts'

/** What somebody looks for who has saved nothing yet. */
const ready = [
  { name: 'Failures', filter: 'is:failed' },
  { name: 'Not let in', filter: 'status:401 status:403' },
  { name: 'People switched off or deleted', filter: 'op:"disable user" op:"delete user"' },
  { name: 'Slow', filter: 'ms:>500' },
  { name: 'Pinned', filter: 'is:pinned' },
] as const

interface SavedFiltersProps {
  /** The filter in force; empty for none. */
  readonly filter: string
  readonly onChoose: (filter: string) => void
}

/** Filters by name: a few that are always there, and those that somebody saved. */
export function SavedFilters({ filter, onChoose }: SavedFiltersProps) {
  const engine = useEngine()
  const [name, setName] = useState<string>()
  const saved = useQuery(engine.requests.filters.queryOptions())
  const save = useMutation(engine.requests.saveFilter.mutationOptions({ onSuccess: () => setName(undefined) }))
  const remove = useMutation(engine.requests.removeFilter.mutationOptions())

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (name !== undefined && name.trim() !== '') save.mutate({ name, filter })
  }

  return (
    <Menu withInitialFocusPlaceholder={false} position="bottom-end" width={340} onClose={() => setName(undefined)}>
      <Menu.Target>
        <Tooltip label="Saved filters">
          <ActionIcon size={36} variant="default" aria-label="Saved filters">
            <Bookmark size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown mah={480} style={{ overflowY: 'auto' }}>
        <Menu.Label>Always there</Menu.Label>
        {ready.map((each) => (
          <Choice key={each.name} {...each} onChoose={onChoose} />
        ))}
        {saved.data !== undefined && saved.data.length > 0 && (
          <>
            <Menu.Label>Saved</Menu.Label>
            {saved.data.map((each) => (
              <Group key={each.name} gap={0} wrap="nowrap">
                <Choice {...each} onChoose={onChoose} />
                <ActionIcon
                  aria-label={`Remove the filter ${each.name}`}
                  onClick={() => remove.mutate({ name: each.name })}
                >
                  <Trash2 size={14} aria-hidden />
                </ActionIcon>
              </Group>
            ))}
          </>
        )}
        <Problem error={saved.error ?? remove.error} />
        <Menu.Divider />
        {name === undefined ? (
          <Menu.Item
            closeMenuOnClick={false}
            disabled={filter === ''}
            leftSection={<BookmarkPlus size={14} aria-hidden />}
            onClick={() => setName('')}
          >
            Save this filter…
          </Menu.Item>
        ) : (
          <form onSubmit={submit}>
            <Group gap="xs" p="xs" align="flex-start" wrap="nowrap">
              <TextInput
                flex={1}
                size="xs"
                ref={(element) => element?.focus()}
                aria-label="Name of the filter"
                placeholder="Name of the filter"
                maxLength={60}
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
                onKeyDown={(event) => event.stopPropagation()}
              />
              <Button type="submit" loading={save.isPending} disabled={name.trim() === ''}>
                Save
              </Button>
            </Group>
            <Problem error={save.error} />
          </form>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}

interface ChoiceProps {
  readonly name: string
  readonly filter: string
  readonly onChoose: (filter: string) => void
}

function Choice({ name, filter, onChoose }: ChoiceProps) {
  return (
    <Menu.Item onClick={() => onChoose(filter)}>
      <Text size="sm" className="truncated">
        {name}
      </Text>
      <Text size="xs" c="dimmed" ff="monospace" className="truncated">
        {filter}
      </Text>
    </Menu.Item>
  )
}
