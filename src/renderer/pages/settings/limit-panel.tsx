import { Button, Group, NumberInput, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import type { EndpointConfiguration } from '../../../contract/endpoint.ts'
import { Panel } from '../../components/panel.tsx'
import { Problem } from '../../components/problem.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { GivenAtStart } from './given-at-start.tsx'

/** How many requests a second each integration may send. */
export function LimitPanel({ configuration }: { readonly configuration: EndpointConfiguration }) {
  const { value, origin } = configuration.requestsPerSecond
  const engine = useEngine()
  const [limit, setLimit] = useState<number | string>(value)
  const save = useMutation(engine.endpoint.configure.mutationOptions())

  function submit(event: FormEvent): void {
    event.preventDefault()
    save.mutate({ requestsPerSecond: limit === '' || Number(limit) === 0 ? null : Number(limit) })
  }

  return (
    <Panel title="Rate limit">
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
            <Button
              type="submit"
              variant="default"
              h={36}
              disabled={limit === value || origin === 'start'}
              loading={save.isPending}
            >
              Save the limit
            </Button>
          </Group>
          <GivenAtStart origin={origin} option="--rate-limit" />
          <Problem error={save.error} title="The limit was not saved." />
        </Stack>
      </form>
    </Panel>
  )
}
