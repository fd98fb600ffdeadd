import { Autocomplete, Group, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import type { EndpointConfiguration } from '../../../contract/endpoint.ts'
import { Facts } from '../../components/viewer/facts.tsx'
import { Notice } from '../../components/state/notice.tsx'
import { NumberField } from '../../components/form/number-field.tsx'
import { Panel } from '../../components/page/panel.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { SaveButton } from '../../components/form/save-button.tsx'
import { useFormState } from '../../components/form/stored-form.tsx'
import { wholeNumber } from '../../components/text/whole-number.ts'
import { useEngine } from '../../rpc/engine.ts'
import { GivenAtStart } from './given-at-start.tsx'

const known = [
  { value: '127.0.0.1', label: '127.0.0.1 (this machine alone)' },
  { value: '0.0.0.0', label: '0.0.0.0 (every address of this machine)' },
]

const loopback: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost'])

/** Host and port of the endpoint. */
export function AddressPanel({ configuration }: { readonly configuration: EndpointConfiguration }) {
  const { host, port, inForce, tls } = configuration
  const engine = useEngine()
  const [hostText, setHost] = useState(host.value)
  const [portValue, setPort] = useState(String(port.value))
  const portGiven = wholeNumber(portValue, 1, 65_535) ?? null
  const isPortChanged = portValue.trim() !== String(port.value)
  const save = useMutation(engine.endpoint.configure.mutationOptions())
  const isChanged = hostText.trim() !== host.value || isPortChanged
  useFormState(isChanged, save)
  const isOpen = !loopback.has(hostText.trim()) && tls.value === null && inForce?.isTls !== true

  function submit(event: FormEvent): void {
    event.preventDefault()
    save.mutate({
      ...(hostText.trim() === host.value ? {} : { host: hostText.trim() === '' ? null : hostText.trim() }),
      ...(isPortChanged ? { port: portGiven } : {}),
    })
  }

  return (
    <Panel title="Where it listens">
      <form onSubmit={submit}>
        <Stack gap="sm">
          {inForce && (
            <Facts
              facts={[
                [
                  'In force',
                  <code key="address">{`${inForce.isTls ? 'https' : 'http'}://${inForce.host}:${inForce.port}`}</code>,
                ],
              ]}
            />
          )}
          <Group align="flex-start" gap="md">
            <Stack gap={4} w={300}>
              <Autocomplete
                label="Host"
                description="An address of this machine."
                data={known}
                value={hostText}
                disabled={host.origin === 'start'}
                onChange={setHost}
              />
              <GivenAtStart origin={host.origin} option="--host" />
            </Stack>
            <Stack gap={4} w={220}>
              <NumberField
                label="Port"
                description="From 1 to 65535; empty for the default."
                least={1}
                most={65_535}
                isOptional
                value={portValue}
                disabled={port.origin === 'start'}
                onChange={setPort}
                refusal="A port is a number from 1 to 65535."
              />
              <GivenAtStart origin={port.origin} option="--port" />
            </Stack>
          </Group>
          {isOpen && (
            <Notice meaning="attention">
              Beyond this machine requests, and the tokens in them, go unencrypted. Add a certificate below, or put a
              proxy with TLS in front of it.
            </Notice>
          )}
          <Problem error={save.error} title="The address was not saved." />
          <Group gap="sm">
            <SaveButton variant="default" isOff={!isChanged} isBusy={save.isPending}>
              Save the address
            </SaveButton>
            <Text size="xs" c="dimmed">
              It takes effect when the endpoint is restarted.
            </Text>
          </Group>
        </Stack>
      </form>
    </Panel>
  )
}
