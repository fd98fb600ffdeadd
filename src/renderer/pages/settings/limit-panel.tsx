import { Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import type { EndpointConfiguration } from '../../../contract/endpoint.ts'
import { NumberField } from '../../components/form/number-field.tsx'
import { Panel } from '../../components/page/panel.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { SaveButton } from '../../components/form/save-button.tsx'
import { StoredForm, useFormState } from '../../components/form/stored-form.tsx'
import { wholeNumber } from '../../components/text/whole-number.ts'
import { useEngine } from '../../rpc/engine.ts'
import { GivenAtStart } from './given-at-start.tsx'

const mostRequests = 100_000

function textOf(value: number | null): string {
  return value === null ? '' : String(value)
}

/** How many requests a second each integration may send. */
function RateLimit({ requestsPerSecond: { value, origin } }: EndpointConfiguration) {
  const engine = useEngine()
  const [text, setText] = useState(textOf(value))
  const isChanged = text.trim() !== textOf(value)
  const save = useMutation(engine.endpoint.configure.mutationOptions())
  useFormState(isChanged, save)

  function submit(event: FormEvent): void {
    event.preventDefault()
    save.mutate({ requestsPerSecond: wholeNumber(text, 1, mostRequests) ?? null })
  }

  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <NumberField
          label="Requests a second of each integration"
          description="Beyond it, an identity provider is told to wait (429 with Retry-After). 0 is no limit; Entra ID needs 25. The policy of an integration can set another. It takes effect at once."
          least={0}
          most={mostRequests}
          isOptional
          value={text}
          disabled={origin === 'start'}
          onChange={setText}
          beside={
            <SaveButton variant="default" h={36} isOff={!isChanged || origin === 'start'} isBusy={save.isPending}>
              Save the limit
            </SaveButton>
          }
        />
        <GivenAtStart origin={origin} option="--rate-limit" />
        <Problem error={save.error} title="The limit was not saved." />
      </Stack>
    </form>
  )
}

/** How large a request may be. */
function SizeLimit({ bodyMebibytes: { value }, mostBodyMebibytes: most }: EndpointConfiguration) {
  const engine = useEngine()
  const [text, setText] = useState(textOf(value))
  const isChanged = text.trim() !== textOf(value)
  const save = useMutation(engine.endpoint.configure.mutationOptions())
  useFormState(isChanged, save)

  function submit(event: FormEvent): void {
    event.preventDefault()
    save.mutate({ bodyMebibytes: wholeNumber(text, 1, most) ?? null })
  }

  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <NumberField
          label="Largest request, in MiB"
          description={`A larger one is refused (413). 4 MiB are a group of some 20,000 members that is sent whole; at most ${most}. It takes effect at once.`}
          least={1}
          most={most}
          isOptional
          value={text}
          onChange={setText}
          beside={
            <SaveButton variant="default" h={36} isOff={!isChanged} isBusy={save.isPending}>
              Save the size
            </SaveButton>
          }
        />
        <Problem error={save.error} title="The size was not saved." />
      </Stack>
    </form>
  )
}

/** What identity providers may send, and how much of it. */
export function LimitPanel({ configuration }: { readonly configuration: EndpointConfiguration }) {
  return (
    <Panel title="Limits">
      <Stack gap="lg">
        <StoredForm stored={configuration.requestsPerSecond}>
          {(requestsPerSecond, key) => <RateLimit key={key} {...configuration} requestsPerSecond={requestsPerSecond} />}
        </StoredForm>
        <StoredForm stored={configuration.bodyMebibytes}>
          {(bodyMebibytes, key) => <SizeLimit key={key} {...configuration} bodyMebibytes={bodyMebibytes} />}
        </StoredForm>
      </Stack>
    </Panel>
  )
}
