import { Checkbox, MultiSelect, TextInput } from '@mantine/core'
import type { NotificationRule } from '../../../contract/notifications.ts'
import type { WebhookDraft } from './webhook-draft.ts'

interface WebhookFieldsProps {
  readonly draft: WebhookDraft
  readonly rules: readonly NotificationRule[]
  /** By field: `name`, `url`, `rules`, `allowedHost`. */
  readonly problems: ReadonlyMap<string, string>
  readonly onChange: (draft: WebhookDraft) => void
}

/** What a webhook is made of, each with what is wrong with it. */
export function WebhookFields({ draft, rules, problems, onChange }: WebhookFieldsProps) {
  const change = (changes: Partial<WebhookDraft>) => onChange({ ...draft, ...changes })
  return (
    <>
      <TextInput
        label="Name"
        placeholder="ops"
        data-autofocus
        value={draft.name}
        error={problems.get('name')}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <TextInput
        label="URL"
        description="Notifications are posted there as JSON, each signed."
        placeholder="https://hooks.example.com/rollcall"
        value={draft.url}
        error={problems.get('url')}
        onChange={(event) => change({ url: event.currentTarget.value })}
      />
      <MultiSelect
        label="Rules"
        description="None chosen: all of them."
        data={rules.map(({ id, description }) => ({ value: id, label: description }))}
        value={[...draft.rules]}
        error={problems.get('rules')}
        onChange={(chosen) => change({ rules: chosen })}
      />
      <Checkbox
        label="The host may be in the own network"
        description="Private addresses are not called unless their host is allowed by name; this allows http too."
        checked={draft.isPrivate}
        onChange={(event) => change({ isPrivate: event.currentTarget.checked })}
      />
      {draft.isPrivate && (
        <TextInput
          label="Type the host again"
          placeholder="wiki.internal"
          value={draft.host}
          error={problems.get('allowedHost')}
          onChange={(event) => change({ host: event.currentTarget.value.trim() })}
        />
      )}
    </>
  )
}
