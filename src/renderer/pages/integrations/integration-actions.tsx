import { ActionIcon, Button, Menu } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Ban, Ellipsis, Pause, Pencil, Play, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Integration } from '../../../contract/integrations.ts'
import { ConfirmDialog } from '../../components/dialog/confirm-dialog.tsx'
import { isolated } from '../../components/text/isolated.ts'
import { Problem } from '../../components/state/problem.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { DeleteDialog } from './delete-dialog.tsx'
import { RenameDialog } from './rename-dialog.tsx'

const icon = { size: 14, 'aria-hidden': true } as const

type Question = 'rename' | 'disable' | 'delete'

interface IntegrationActionsProps {
  readonly integration: Integration
  /** It was deleted: the integration is what it was last. */
  readonly isGone: boolean
}

/** What can be done to an integration as a whole. A pause is polite and undone with one click, so it asks nothing. */
export function IntegrationActions({ integration, isGone }: IntegrationActionsProps) {
  const { slug, name, state } = integration
  const engine = useEngine()
  const [asked, setAsked] = useState<Question>()
  const close = () => setAsked(undefined)
  const change = useMutation(engine.integrations.setState.mutationOptions({ onSuccess: close }))
  return (
    <>
      {change.isError && asked === undefined && <Problem error={change.error} />}
      {state === 'disabled' ? (
        <Button
          variant="default"
          leftSection={<Play size={14} aria-hidden />}
          loading={change.isPending}
          disabled={isGone}
          onClick={() => change.mutate({ slug, state: 'enabled' })}
        >
          Enable
        </Button>
      ) : (
        <Button
          variant="default"
          leftSection={state === 'paused' ? <Play size={14} aria-hidden /> : <Pause size={14} aria-hidden />}
          loading={change.isPending}
          disabled={isGone}
          onClick={() => change.mutate({ slug, state: state === 'paused' ? 'resumed' : 'paused' })}
        >
          {state === 'paused' ? 'Resume' : 'Pause'}
        </Button>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size={30} variant="default" disabled={isGone} aria-label={`More about ${name}`}>
            <Ellipsis size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Pencil {...icon} />} onClick={() => setAsked('rename')}>
            Rename
          </Menu.Item>
          {state !== 'disabled' && (
            <Menu.Item leftSection={<Ban {...icon} />} onClick={() => setAsked('disable')}>
              Disable this integration
            </Menu.Item>
          )}
          <Menu.Divider />
          <Menu.Item leftSection={<Trash2 {...icon} />} onClick={() => setAsked('delete')}>
            Delete this integration
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asked === 'rename' && <RenameDialog integration={integration} isGone={isGone} onClose={close} />}
      <DeleteDialog isOpen={asked === 'delete'} integration={integration} onClose={close} />
      <ConfirmDialog
        isOpen={asked === 'disable'}
        onClose={close}
        title={`Disable ${isolated(name)}?`}
        action="Disable it"
        isDangerous
        isBusy={change.isPending}
        error={asked === 'disable' ? change.error : undefined}
        onConfirm={() => change.mutate({ slug, state: 'disabled' })}
      >
        Every request of it is refused with 403 until you enable it again, which an identity provider counts as a
        failure. To hold it for a while, pause it instead: then it comes back by itself.
      </ConfirmDialog>
    </>
  )
}
