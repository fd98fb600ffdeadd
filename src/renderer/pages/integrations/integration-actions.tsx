import { ActionIcon, Button, Menu } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Ban, Ellipsis, Pause, Play } from 'lucide-react'
import { useState } from 'react'
import type { Integration } from '../../../contract/integrations.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { Problem } from '../../components/problem.tsx'
import { useEngine } from '../../rpc/engine.ts'

/** Pausing and disabling. A pause is polite and undone with one click, so it asks nothing. */
export function IntegrationActions({ integration }: { readonly integration: Integration }) {
  const { slug, name, state } = integration
  const engine = useEngine()
  const [isAsking, setAsking] = useState(false)
  const change = useMutation(engine.integrations.setState.mutationOptions({ onSuccess: () => setAsking(false) }))
  return (
    <>
      {change.isError && !isAsking && <Problem error={change.error} />}
      {state === 'disabled' ? (
        <Button
          variant="default"
          leftSection={<Play size={14} aria-hidden />}
          loading={change.isPending}
          onClick={() => change.mutate({ slug, state: 'enabled' })}
        >
          Enable
        </Button>
      ) : (
        <Button
          variant="default"
          leftSection={state === 'paused' ? <Play size={14} aria-hidden /> : <Pause size={14} aria-hidden />}
          loading={change.isPending}
          onClick={() => change.mutate({ slug, state: state === 'paused' ? 'resumed' : 'paused' })}
        >
          {state === 'paused' ? 'Resume' : 'Pause'}
        </Button>
      )}
      {state !== 'disabled' && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon size="lg" aria-label={`More about ${name}`}>
              <Ellipsis size={16} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<Ban size={14} aria-hidden />} onClick={() => setAsking(true)}>
              Disable this integration
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={`Disable ${name}?`}
        action="Disable it"
        isDangerous
        isBusy={change.isPending}
        error={isAsking ? change.error : undefined}
        onConfirm={() => change.mutate({ slug, state: 'disabled' })}
      >
        Every request of it is refused with 403 until you enable it again, which an identity provider counts as a
        failure. To hold it for a while, pause it instead: then it comes back by itself.
      </ConfirmDialog>
    </>
  )
}
