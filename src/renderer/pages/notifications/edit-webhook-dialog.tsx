import { Button, Checkbox, Group, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import type { NotificationRule, Webhook } from '../../../contract/notifications.ts'
import { InputDialog } from '../../components/dialog/input-dialog.tsx'
import { isolated } from '../../components/text/isolated.ts'
import { Notice } from '../../components/state/notice.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { useFocusOnReason } from '../../components/focus/use-focus-on-reason.ts'
import { useConnection } from '../../rpc/engine.ts'
import { fieldProblems } from '../../rpc/problem-of.ts'
import { useFreshWebhookSecret } from '../../stores/fresh-webhook-secret.ts'
import {
  changedContent,
  changesBetween,
  draftOf,
  isAtField,
  isComplete,
  type WebhookChanges,
  type WebhookDraft,
} from './webhook-draft.ts'
import { WebhookFields } from './webhook-fields.tsx'

interface EditWebhookDialogProps {
  /** As it is by now. */
  readonly webhook: Webhook
  /** It was removed: the webhook is what it was last. */
  readonly isGone: boolean
  readonly rules: readonly NotificationRule[]
  readonly onClose: () => void
}

/** What a webhook hears of, and where it is posted. What others change meanwhile is shown, and stays where nothing else was put in. */
export function EditWebhookDialog({ webhook, isGone, rules, onClose }: EditWebhookDialogProps) {
  const { engine } = useConnection()
  const showSecret = useFreshWebhookSecret((state) => state.show)
  const present = draftOf(webhook)
  const [seen] = useState(present)
  const [changes, setChanges] = useState<WebhookChanges>({})
  const draft: WebhookDraft = { ...present, ...changes }
  const [hasNewSecret, setNewSecret] = useState(false)
  const edit = useMutation({
    // The answer may hold a secret, which has no business in a cache: nothing comes out of here.
    async mutationFn() {
      const edited = await engine.notifications.editWebhook({
        id: webhook.id,
        ...changedContent(changes),
        hasNewSecret,
      })
      if (edited.secret !== null) showSecret(edited.webhook.name, edited.secret)
    },
    onSuccess: onClose,
  })
  const isChanged = hasNewSecret || JSON.stringify(draft) !== JSON.stringify(present)
  const isChangedByOthers = JSON.stringify(present) !== JSON.stringify(seen) && !edit.isPending && !edit.isSuccess
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
            <WebhookFields
              draft={draft}
              rules={rules}
              problems={problems}
              onChange={(next) => setChanges(changesBetween(present, next))}
            />
            <Checkbox
              label="Give it a new secret"
              description="Otherwise its secret stays. The receiver refuses posts until it has the new one."
              checked={hasNewSecret}
              onChange={(event) => setNewSecret(event.currentTarget.checked)}
            />
            {isGone ? (
              <Notice meaning="failure" title={`${isolated(webhook.name)} has been removed since you began`} isNew>
                Nothing can be saved any more. What you have put in still stands here, to be copied.
              </Notice>
            ) : (
              isChangedByOthers && (
                <Notice meaning="attention" title="Somebody else has changed this since you began" isNew>
                  What you have put in still stands here, and is saved in the place of what is so now. Everything else
                  is as it is now, and stays.
                </Notice>
              )
            )}
            {!isAtField(problems) && <Problem error={edit.error} title="The webhook was not changed." />}
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={cancel}>
                Cancel
              </Button>
              <Button type="submit" loading={edit.isPending} disabled={isGone || !isComplete(draft)}>
                Save the webhook
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </InputDialog>
  )
}
