import { Button, Code, Group, Stack, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import type { Integration } from '../../../contract/integrations.ts'
import { DeletedNotice } from '../../components/state/deleted-notice.tsx'
import { InputDialog } from '../../components/dialog/input-dialog.tsx'
import { isolated } from '../../components/text/isolated.ts'
import { Notice } from '../../components/state/notice.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { useFocusOnReason } from '../../components/focus/use-focus-on-reason.ts'
import { useEngine } from '../../rpc/engine.ts'
import { fieldProblems } from '../../rpc/problem-of.ts'

interface RenameDialogProps {
  readonly integration: Integration
  /** It was deleted: the integration is what it was last. */
  readonly isGone: boolean
  readonly onClose: () => void
}

/** Another name for people. */
export function RenameDialog({ integration, isGone, onClose }: RenameDialogProps) {
  const { slug, name, idpSpoken, scimUrl } = integration
  const engine = useEngine()
  const [seen] = useState(name)
  /** Undefined: nothing was put in, and the name that it has stands there. */
  const [typed, setTyped] = useState<string>()
  const draft = typed ?? name
  const rename = useMutation(engine.integrations.rename.mutationOptions({ onSuccess: onClose }))
  const isChanged = draft.trim() !== name
  const problem = fieldProblems(rename.error).get('name')
  const form = useFocusOnReason<HTMLFormElement>(rename.error)

  function submit(event: FormEvent): void {
    event.preventDefault()
    rename.mutate({ slug, name: draft })
  }

  return (
    <InputDialog title={`Rename ${isolated(name)}`} isUnsaved={isChanged && !rename.isPending} onClose={onClose}>
      {(cancel) => (
        <form ref={form} onSubmit={submit}>
          <Stack gap="md">
            <TextInput
              label="Name"
              description={
                <>
                  The slug stays <Code fz="xs">{slug}</Code>, and so does the SCIM URL that {idpSpoken} holds:{' '}
                  <span className="breakable">{scimUrl}</span>
                </>
              }
              data-autofocus
              value={draft}
              error={problem}
              onChange={(event) => {
                rename.reset()
                setTyped(event.currentTarget.value)
              }}
            />
            {isGone && <DeletedNotice name={name} />}
            {name !== seen && typed !== undefined && !rename.isPending && !rename.isSuccess && (
              <Notice meaning="attention" title={`It has been renamed to ${isolated(name)} since you began`} isNew>
                What you have put in still stands here, and takes the place of that name if you go on.
              </Notice>
            )}
            {problem === undefined && <Problem error={rename.error} title="It was not renamed." />}
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={cancel}>
                Cancel
              </Button>
              <Button type="submit" loading={rename.isPending} disabled={!isChanged || isGone}>
                Rename it
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </InputDialog>
  )
}
