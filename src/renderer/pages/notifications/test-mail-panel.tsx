import { Button, Stack, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { besideField } from '../../components/form/beside-field.tsx'
import { Panel } from '../../components/page/panel.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { inputProblem } from '../../rpc/problem-of.ts'
import { SentNotice } from './sent-notice.tsx'

/** Sends a mail at once, to see whether it arrives. */
export function TestMailPanel({ first }: { readonly first: string }) {
  const engine = useEngine()
  const [to, setTo] = useState(first)
  const test = useMutation(engine.notifications.testMail.mutationOptions())

  const problem = inputProblem(test.error)

  function submit(event: FormEvent): void {
    event.preventDefault()
    test.mutate({ to: to.trim() })
  }

  return (
    <Panel title="Test">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label="Send a test to"
            placeholder="you@example.com"
            value={to}
            error={problem}
            onChange={(event) => setTo(event.currentTarget.value)}
            inputContainer={besideField(
              <Button type="submit" variant="default" h={36} disabled={to.trim() === ''} loading={test.isPending}>
                Send a test mail
              </Button>,
              { w: 300 },
            )}
          />
          <SentNotice sent={test.data} to={test.variables?.to ?? ''} />
          {problem === undefined && <Problem error={test.error} />}
        </Stack>
      </form>
    </Panel>
  )
}
