import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import type { IntegrationStatus } from '../../../contract/provisioning.ts'
import { numberText } from '../../components/text/amount-text.ts'
import { NumberField } from '../../components/form/number-field.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { SaveButton } from '../../components/form/save-button.tsx'
import { StoredForm, useFormState } from '../../components/form/stored-form.tsx'
import { wholeNumber } from '../../components/text/whole-number.ts'
import { useEngine } from '../../rpc/engine.ts'

const mostUsers = 10_000_000

interface ExpectedUsersProps {
  readonly status: Pick<IntegrationStatus, 'slug' | 'expectedUsers' | 'idpSpoken'>
}

/** How many users the admin expects; the total of the initial cycle’s progress. */
export function ExpectedUsers({ status }: ExpectedUsersProps) {
  return (
    <StoredForm stored={status.expectedUsers}>
      {(expectedUsers, key) => <ExpectedUsersForm key={key} status={{ ...status, expectedUsers }} />}
    </StoredForm>
  )
}

function ExpectedUsersForm({ status }: ExpectedUsersProps) {
  const { slug, expectedUsers, idpSpoken } = status
  const engine = useEngine()
  const stored = expectedUsers === null ? '' : numberText(expectedUsers)
  const [text, setText] = useState(stored)
  const save = useMutation(engine.provisioning.setExpectedUsers.mutationOptions())
  const wanted = wholeNumber(text, 1, mostUsers) ?? null
  const isChanged = wanted === null ? text.trim() !== stored : wanted !== expectedUsers
  useFormState(isChanged, save)

  function submit(event: FormEvent): void {
    event.preventDefault()
    save.mutate({ slug, users: wanted })
  }

  return (
    <form onSubmit={submit}>
      <NumberField
        label="Users you expect"
        description={`How many people are assigned in ${idpSpoken}: the total of its initial cycle’s progress. Empty where you do not know.`}
        least={1}
        most={mostUsers}
        isOptional
        value={text}
        onChange={setText}
        beside={
          <SaveButton variant="default" h={36} isOff={!isChanged} isBusy={save.isPending}>
            Save the number
          </SaveButton>
        }
      />
      <Problem error={save.error} title="The number was not saved." />
    </form>
  )
}
