import { Button, Code, Group, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { NotificationRule, Webhook } from '../../../contract/notifications.ts'
import { ConfirmDialog } from '../../components/dialog/confirm-dialog.tsx'
import { isolated } from '../../components/text/isolated.ts'
import { Problem } from '../../components/state/problem.tsx'
import { RelativeTime } from '../../components/text/relative-time.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { SentNotice } from './sent-notice.tsx'
import classes from './notifications.module.css'

interface WebhookItemProps {
  readonly webhook: Webhook
  readonly rules: readonly NotificationRule[]
  readonly onEdit: () => void
}

/** A webhook, with its test, its edit and its removal. */
export function WebhookItem({ webhook, rules, onEdit }: WebhookItemProps) {
  const { id, name, url, allowsPrivate, createdAt } = webhook
  const engine = useEngine()
  const [isAsking, setAsking] = useState(false)
  const test = useMutation(engine.notifications.testWebhook.mutationOptions())
  const remove = useMutation(engine.notifications.removeWebhook.mutationOptions({ onSuccess: () => setAsking(false) }))
  const heard =
    webhook.rules === null
      ? 'hears of everything'
      : `hears when ${rules
          .filter((each) => webhook.rules?.includes(each.id))
          .map((each) => each.description)
          .join('; ')}`
  return (
    <li>
      <div className={classes['hook']}>
        <div>
          <b className="breakable">{name}</b>
          <div className="breakable">
            <Code>{url}</Code>
          </div>
          <Text size="xs" c="dimmed">
            Added <RelativeTime at={createdAt} isPast />, {heard}
            {allowsPrivate && '; its host may be a private one'}
          </Text>
        </div>
        <Group gap="xs">
          <Button
            variant="default"
            size="compact-xs"
            aria-label={`Post a test to ${name}`}
            loading={test.isPending}
            onClick={() => test.mutate({ id })}
          >
            Post a test
          </Button>
          <Button variant="default" size="compact-xs" aria-label={`Edit the webhook ${name}`} onClick={onEdit}>
            Edit
          </Button>
          <Button
            variant="default"
            size="compact-xs"
            aria-label={`Remove the webhook ${name}`}
            onClick={() => setAsking(true)}
          >
            Remove
          </Button>
        </Group>
      </div>
      <Stack gap="xs" mt={test.data || test.error ? 'xs' : 0}>
        <SentNotice sent={test.data} to={name} />
        <Problem error={test.error} />
      </Stack>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={`Remove the webhook ${isolated(name)}?`}
        action="Remove the webhook"
        isDangerous
        isBusy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate({ id })}
      >
        What waits for it is thrown away, and its secret is forgotten. It can be added again, with a new secret.
      </ConfirmDialog>
    </li>
  )
}
