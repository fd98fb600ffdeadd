import { Button, Checkbox, Group, Modal, MultiSelect, Stack, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import type { NotificationRule } from '../../../contract/notifications.ts'
import { Problem } from '../../components/problem.tsx'
import { useConnection } from '../../rpc/engine.ts'
import { useFreshWebhookSecret } from '../../stores/fresh-webhook-secret.ts'

interface AddWebhookDialogProps {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly rules: readonly NotificationRule[]
}

function AddWebhookForm({ onClose, rules }: Omit<AddWebhookDialogProps, 'isOpen'>) {
  const { engine } = useConnection()
  const showSecret = useFreshWebhookSecret((state) => state.show)
  const [name, setName] = useState('')
  const [url, setUrl] = useState('')
  const [chosen, setChosen] = useState<string[]>([])
  const [isPrivate, setPrivate] = useState(false)
  const [host, setHost] = useState('')
  const add = useMutation({
    // The answer holds the secret, which has no business in a cache: nothing comes out of here.
    async mutationFn() {
      const { webhook, secret } = await engine.notifications.addWebhook({
        name,
        url,
        rules: chosen.length === 0 ? null : chosen,
        allowedHost: isPrivate ? host : null,
      })
      showSecret(webhook.name, secret)
    },
    onSuccess: onClose,
  })

  function submit(event: FormEvent): void {
    event.preventDefault()
    add.mutate()
  }

  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label="Name"
          placeholder="ops"
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label="URL"
          description="Notifications are posted there as JSON, each signed."
          placeholder="https://hooks.example.com/rollcall"
          value={url}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
        <MultiSelect
          label="Rules"
          description="None chosen: all of them."
          data={rules.map(({ id, description }) => ({ value: id, label: description }))}
          value={chosen}
          onChange={setChosen}
        />
        <Checkbox
          label="The host may be in the own network"
          description="Private addresses are not called unless their host is allowed by name; this allows http too."
          checked={isPrivate}
          onChange={(event) => setPrivate(event.currentTarget.checked)}
        />
        {isPrivate && (
          <TextInput
            label="Type the host again"
            placeholder="wiki.internal"
            value={host}
            onChange={(event) => setHost(event.currentTarget.value.trim())}
          />
        )}
        <Problem error={add.error} title="The webhook was not added." />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            loading={add.isPending}
            disabled={name.trim() === '' || url.trim() === '' || (isPrivate && host === '')}
          >
            Add the webhook
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** Where notifications are to be posted as well. */
export function AddWebhookDialog({ isOpen, onClose, rules }: AddWebhookDialogProps) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Add a webhook" closeButtonProps={{ 'aria-label': 'Close' }}>
      <AddWebhookForm onClose={onClose} rules={rules} />
    </Modal>
  )
}
