import { ActionIcon, Button, Group, Input, TextInput } from '@mantine/core'
import { ArrowRight, Plus, Trash2 } from 'lucide-react'
import type { DomainPair } from './options-draft.ts'

interface DomainMapFieldsProps {
  readonly domains: readonly DomainPair[]
  readonly onChange: (domains: readonly DomainPair[]) => void
}

/** Domains that are replaced by others. */
export function DomainMapFields({ domains, onChange }: DomainMapFieldsProps) {
  const set = (key: string, change: Partial<DomainPair>) =>
    onChange(domains.map((each) => (each.key === key ? { ...each, ...change } : each)))
  return (
    <Input.Wrapper
      label="Domains to replace"
      description="In addresses from every source, and in user IDs that are addresses of an internal domain."
      labelElement="div"
    >
      {domains.map(({ key, from, to }, n) => (
        <Group key={key} gap={6} mt={6} wrap="nowrap">
          <TextInput
            aria-label={`Old domain ${n + 1}`}
            placeholder="corp.local"
            value={from}
            onChange={(event) => set(key, { from: event.currentTarget.value })}
            flex={1}
          />
          <ArrowRight size={14} aria-label="becomes" />
          <TextInput
            aria-label={`New domain ${n + 1}`}
            placeholder="example.com"
            value={to}
            onChange={(event) => set(key, { to: event.currentTarget.value })}
            flex={1}
          />
          <ActionIcon
            aria-label={`Remove the replacement ${n + 1}`}
            onClick={() => onChange(domains.filter((each) => each.key !== key))}
          >
            <Trash2 size={14} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      <Button
        mt={6}
        size="compact-xs"
        variant="default"
        leftSection={<Plus size={12} aria-hidden />}
        onClick={() => onChange([...domains, { key: crypto.randomUUID(), from: '', to: '' }])}
      >
        Replace a domain
      </Button>
    </Input.Wrapper>
  )
}
