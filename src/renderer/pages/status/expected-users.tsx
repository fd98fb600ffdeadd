import { Group, NumberInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import type { IntegrationStatus } from '../../../contract/provisioning.ts'
import { Problem } from '../../components/problem.tsx'
import { SaveButton } from '../../components/save-button.tsx'
import { useEngine } from '../../rpc/engine.ts'

/** How many users the admin expects; the total of the initial cycle's progress. */
export function ExpectedUsers({ status }: { readonly status: IntegrationStatus }) {
  const { slug, expectedUsers, idpSpoken } = status
  const engine = useEngine()
  const [count, setCount] = useState<number | string>(expectedUsers ?? '')
  const save = useMutation(engine.provisioning.setExpectedUsers.mutationOptions())
  const wanted = count === '' ? null : Number(count)

  function submit(event: FormEvent): void {
    event.preventDefault()
    save.mutate({ slug, users: wanted })
  }

  return (
    <form onSubmit={submit}>
      <Group align="flex-end" gap="xs">
        <NumberInput
          label="Users you expect"
          description={`How many people are assigned in ${idpSpoken}: the total of its initial cycle's progress. Empty where you do not know.`}
          min={1}
          max={10_000_000}
          allowDecimal={false}
          thousandSeparator=","
          value={count}
          onChange={setCount}
          maw={420}
        />
        <SaveButton variant="default" h={36} isOff={wanted === expectedUsers} isBusy={save.isPending}>
          Save the number
        </SaveButton>
      </Group>
      <Problem error={save.error} title="The number was not saved." />
    </form>
  )
}
