import { Button, Checkbox, Group, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import type { NotificationRule, Webhook } from '../../../contract/notifications.ts'
import { InputDialog } from '../../components/input-dialog.tsx'
import { isolated } from '../../components/isolated.ts'
import { Problem } from '../../components/problem.tsx'
import { useFocusOnReason } from '../../components/use-focus-on-reason.ts'
import { useConnection } from '../../rpc/engine.ts'
import { fieldProblems } from '../../rpc/problem-of.ts'
import { useFreshWebhookSecret } from '../../stores/fresh-webhook-secret.ts'
import { contentOf, draftOf, isAtField, isComplete } from './webhook-draft.ts'
import { WebhookFields } from './webhook-fields.tsx'

interface EditWebhookDialogProps {
  readonly webhook: Webhook
  readonly rules: readonly NotificationRule[]
  readonly onClose: () => void
}

/** What a webhook hears of, and where it is posted. */
export function EditWebhookDialog({ webhook, rules, onClose }: EditWebhookDialogProps) {
  const { engine } = useConnection()
  const showSecret = useFreshWebhookSecret((state) => state.show)
  const [draft, setDraft] = useState(() => draftOf(webhook))
  const [initial] = useState(draft)
  const [hasNewSecret, setNewSecret] = useState(false)
  const edit = useMutation({
    // The answer may hold a secret, which has no business in a cache: nothing comes out of here.
    async mutationFn() {
      const edited = await engine.notifications.editWebhook({ id: webhook.id, ...contentOf(draft), hasNewSecret })
      if (edited.secret !== null) showSecret(edited.webhook.name, edited.secret)
    },
    onSuccess: onClose,
  })
  const isChanged = hasNewSecret || JSON.stringify(draft) !== JSON.stringify(initial)
  const problems = fieldProblems(edit.error)
  const form = useFocusOnReason<HTMLFormElement>(edit.error)

  function submit(event: FormEvent): void {
    event.preventDefault()
    edit.mutate()
  }

  return (
    <InputDialog
      title={`Edit the webhook ${isolated(webhook.name)}`}
      isUnsaved={isChanged && !edit.isPending}
      onClose={onClose}
    >
      {(cancel) => (
        <form ref={form} onSubmit={submit}>
          <Stack gap="md">
            <WebhookFields draft={draft} rules={rules} problems={problems} onChange={setDraft} />
            <Checkbox
              label="Give it a new secret"
              description="Otherwise its secret stays. The receiver refuses posts until it has the new one."
              checked={hasNewSecret}
              onChange={(event) => setNewSecret(event.currentTarget.checked)}
            />
            {!isAtField(problems) && <Problem error={edit.error} title="The webhook was not changed." />}
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={cancel}>
                Cancel
              </Button>
              <Button type="submit" loading={edit.isPending} disabled={!isComplete(draft)}>
                Save the webhook
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </InputDialog>
  )
}
