import { Button, Group, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import type { NotificationRule } from '../../../contract/notifications.ts'
import { InputDialog } from '../../components/dialog/input-dialog.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { useFocusOnReason } from '../../components/focus/use-focus-on-reason.ts'
import { useConnection } from '../../rpc/engine.ts'
import { fieldProblems } from '../../rpc/problem-of.ts'
import { useFreshWebhookSecret } from '../../stores/fresh-webhook-secret.ts'
import { contentOf, emptyWebhook, isAtField, isComplete } from './webhook-draft.ts'
import { WebhookFields } from './webhook-fields.tsx'

interface AddWebhookDialogProps {
  readonly onClose: () => void
  readonly rules: readonly NotificationRule[]
}

/** Where notifications are to be posted as well. */
export function AddWebhookDialog({ onClose, rules }: AddWebhookDialogProps) {
  const { engine } = useConnection()
  const showSecret = useFreshWebhookSecret((state) => state.show)
  const [draft, setDraft] = useState(emptyWebhook)
  const add = useMutation({
    // The answer holds the secret, which has no business in a cache: nothing comes out of here.
    async mutationFn() {
      const { webhook, secret } = await engine.notifications.addWebhook(contentOf(draft))
      showSecret(webhook.name, secret)
    },
    onSuccess: onClose,
  })
  const problems = fieldProblems(add.error)
  const form = useFocusOnReason<HTMLFormElement>(add.error)

  function submit(event: FormEvent): void {
    event.preventDefault()
    add.mutate()
  }

  return (
    <InputDialog
      title="Add a webhook"
      isUnsaved={JSON.stringify(draft) !== JSON.stringify(emptyWebhook) && !add.isPending}
      onClose={onClose}
    >
      {(cancel) => (
        <form ref={form} onSubmit={submit}>
          <Stack gap="md">
            <WebhookFields draft={draft} rules={rules} problems={problems} onChange={setDraft} />
            {!isAtField(problems) && <Problem error={add.error} title="The webhook was not added." />}
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={cancel}>
                Cancel
              </Button>
              <Button type="submit" loading={add.isPending} disabled={!isComplete(draft)}>
                Add the webhook
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </InputDialog>
  )
}
