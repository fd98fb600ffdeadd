import { Button, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useRef, useState, type FormEvent } from 'react'
import { besideField } from '../../components/form/beside-field.tsx'
import { Panel } from '../../components/page/panel.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { inputProblem } from '../../rpc/problem-of.ts'
import classes from './notifications.module.css'

/** Who gets the mails of the rules. */
export function RecipientsPanel({ recipients }: { readonly recipients: readonly string[] }) {
  const engine = useEngine()
  const [address, setAddress] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const add = useMutation(engine.notifications.changeRecipients.mutationOptions({ onSuccess: () => setAddress('') }))
  const remove = useMutation(engine.notifications.changeRecipients.mutationOptions())

  const problem = inputProblem(add.error)

  /** What was pressed is gone then, or has nothing to do. */
  function focusField(): void {
    field.current?.focus()
  }

  function submit(event: FormEvent): void {
    event.preventDefault()
    // To go on with the next, or to mend this one.
    add.mutate({ add: [address.trim()] }, { onSettled: focusField })
  }

  return (
    <Panel title="Recipients">
      <Stack gap="sm">
        {recipients.length === 0 ? (
          <Text size="sm" c="dimmed">
            Nobody gets mail yet.
          </Text>
        ) : (
          <ul className={classes['recipients']} aria-label="Recipients">
            {recipients.map((each) => (
              <li key={each}>
                <bdi className="breakable">{each}</bdi>
                <Button
                  variant="subtle"
                  color="gray"
                  size="compact-xs"
                  aria-label={`Remove ${each}`}
                  onClick={() => remove.mutate({ remove: [each] }, { onSuccess: focusField })}
                >
                  Remove
                </Button>
              </li>
            ))}
          </ul>
        )}
        <form onSubmit={submit}>
          <TextInput
            ref={field}
            label="E-mail address"
            placeholder="ops@example.com"
            value={address}
            error={problem}
            onChange={(event) => setAddress(event.currentTarget.value)}
            inputContainer={besideField(
              <Button type="submit" variant="default" h={36} disabled={address.trim() === ''} loading={add.isPending}>
                Add the recipient
              </Button>,
              { w: 300 },
            )}
          />
        </form>
        <Problem
          error={problem === undefined ? (add.error ?? remove.error) : remove.error}
          title="The recipients were not changed."
        />
      </Stack>
    </Panel>
  )
}
