import { Button, Code, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import type { Integration } from '../../../contract/integrations.ts'
import { useEngine } from '../../rpc/engine.ts'
import { problemOf } from '../../rpc/problem-of.ts'

interface RenameFormProps {
  readonly integration: Integration
  readonly onClose: () => void
}

function RenameForm({ integration, onClose }: RenameFormProps) {
  const { slug, name, idpName, scimUrl } = integration
  const engine = useEngine()
  const [draft, setDraft] = useState(name)
  const rename = useMutation(engine.integrations.rename.mutationOptions({ onSuccess: onClose }))

  function submit(event: FormEvent): void {
    event.preventDefault()
    rename.mutate({ slug, name: draft })
  }

  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label="Name"
          description={
            <>
              The slug stays <Code fz="xs">{slug}</Code>, and so does the SCIM URL that {idpName} holds:{' '}
              <span className="breakable">{scimUrl}</span>
            </>
          }
          data-autofocus
          value={draft}
          error={rename.isError ? problemOf(rename.error) : undefined}
          onChange={(event) => {
            rename.reset()
            setDraft(event.currentTarget.value)
          }}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={rename.isPending} disabled={draft.trim() === name}>
            Rename it
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

interface RenameDialogProps extends RenameFormProps {
  readonly isOpen: boolean
}

/** Another name for people. */
export function RenameDialog({ isOpen, integration, onClose }: RenameDialogProps) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={`Rename ${integration.name}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <RenameForm integration={integration} onClose={onClose} />
    </Modal>
  )
}
