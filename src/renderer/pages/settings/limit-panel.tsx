import { Group, NumberInput, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import type { EndpointConfiguration } from '../../../contract/endpoint.ts'
import { Panel } from '../../components/panel.tsx'
import { Problem } from '../../components/problem.tsx'
import { SaveButton } from '../../components/save-button.tsx'
import { StoredForm, useFormState } from '../../components/stored-form.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { GivenAtStart } from './given-at-start.tsx'

/** How many requests a second each integration may send. */
function RateLimit({ requestsPerSecond: { value, origin } }: EndpointConfiguration) {
  const engine = useEngine()
  const [limit, setLimit] = useState<number | string>(value)
  const save = useMutation(engine.endpoint.configure.mutationOptions())
  useFormState(limit !== value, save)

  function submit(event: FormEvent): void {
    event.preventDefault()
    save.mutate({ requestsPerSecond: limit === '' || Number(limit) === 0 ? null : Number(limit) })
  }

  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Group align="flex-end" gap="xs">
          <NumberInput
            label="Requests a second of each integration"
            description="Beyond it, an identity provider is told to wait (429 with Retry-After). 0 is no limit; Entra ID needs 25. The policy of an integration can set another. It takes effect at once."
            min={0}
            max={100_000}
            allowDecimal={false}
            value={limit}
            disabled={origin === 'start'}
            onChange={setLimit}
            maw={460}
          />
          <SaveButton variant="default" h={36} isOff={limit === value || origin === 'start'} isBusy={save.isPending}>
            Save the limit
          </SaveButton>
        </Group>
        <GivenAtStart origin={origin} option="--rate-limit" />
        <Problem error={save.error} title="The limit was not saved." />
      </Stack>
    </form>
  )
}

/** How large a request may be. */
function SizeLimit({ bodyMebibytes: { value }, mostBodyMebibytes: most }: EndpointConfiguration) {
  const engine = useEngine()
  const [size, setSize] = useState<number | string>(value)
  const save = useMutation(engine.endpoint.configure.mutationOptions())
  useFormState(size !== value, save)

  function submit(event: FormEvent): void {
    event.preventDefault()
    save.mutate({ bodyMebibytes: size === '' ? null : Number(size) })
  }

  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Group align="flex-end" gap="xs">
          <NumberInput
            label="Largest request, in MiB"
            description={`A larger one is refused (413). 4 MiB are a group of some 20,000 members that is sent whole; at most ${most}. It takes effect at once.`}
            min={1}
            max={most}
            allowDecimal={false}
            value={size}
            onChange={setSize}
            maw={460}
          />
          <SaveButton variant="default" h={36} isOff={size === value} isBusy={save.isPending}>
            Save the size
          </SaveButton>
        </Group>
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
