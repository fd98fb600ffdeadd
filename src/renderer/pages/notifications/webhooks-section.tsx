import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearchParams } from 'wouter'
import { dialogEntry, useCloseDialog } from '../../components/dialog/dialog-entry.ts'
import { Nothing } from '../../components/state/nothing.tsx'
import { Panel } from '../../components/page/panel.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { SecretDialog } from '../../components/dialog/secret-dialog.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { useFreshWebhookSecret } from '../../stores/fresh-webhook-secret.ts'
import { AddWebhookDialog } from './add-webhook-dialog.tsx'
import { EditWebhookDialog } from './edit-webhook-dialog.tsx'
import { WebhookItem } from './webhook-item.tsx'
import { WebhookReceiverPanel } from './webhook-receiver-panel.tsx'
import classes from './notifications.module.css'

/** Where notifications are posted. */
export function WebhooksSection() {
  const engine = useEngine()
  const query = useQuery(engine.notifications.get.queryOptions())
  const [search, setSearch] = useSearchParams()
  const fresh = useFreshWebhookSecret((state) => state.fresh)
  const drop = useFreshWebhookSecret((state) => state.drop)
  const editedId = search.get('edit')
  const found = query.data?.webhooks.find((each) => String(each.id) === editedId)
  // Its dialog stays with what was put in, whatever becomes of the webhook meanwhile.
  const [kept, setKept] = useState(found)
  if (found && found !== kept) setKept(found)
  const edited = found ?? (String(kept?.id) === editedId ? kept : undefined)
  const closeDialog = useCloseDialog()
  const close = () => closeDialog('/notifications/webhooks')
  const add = <Button onClick={() => setSearch({ add: '' }, { state: dialogEntry })}>Add a webhook</Button>
  return (
    <>
      <Panel title="Webhooks" isFlush actions={query.data && query.data.webhooks.length > 0 && add}>
        <QueryView query={query} lines={4}>
          {({ webhooks, rules }) => (
            <>
              {webhooks.length === 0 ? (
                <Nothing why="empty" title="Notifications are posted nowhere yet" action={add}>
                  A webhook gets each notification as signed JSON, in order, and again until it has taken it.
                </Nothing>
              ) : (
                <ul className={classes['hooks']} aria-label="Webhooks">
                  {webhooks.map((webhook) => (
                    <WebhookItem
                      key={webhook.id}
                      webhook={webhook}
                      rules={rules}
                      onEdit={() => setSearch({ edit: String(webhook.id) }, { state: dialogEntry })}
                    />
                  ))}
                </ul>
              )}
              {search.has('add') && <AddWebhookDialog onClose={close} rules={rules} />}
              {edited && (
                <EditWebhookDialog
                  key={edited.id}
                  webhook={edited}
                  isGone={found === undefined}
                  rules={rules}
                  onClose={close}
                />
              )}
            </>
          )}
        </QueryView>
      </Panel>
      <WebhookReceiverPanel />
      <SecretDialog
        title={`Secret of the webhook ${fresh?.webhook ?? ''}`}
        secret={fresh?.secret}
        consequence="Give it to the receiver, which checks with it that a post is from here and not an old one sent again."
        onDone={drop}
        what="secret"
        kept="Rollcall keeps it in the vault to sign with, and does not show it again."
      />
    </>
  )
}
