import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { problemOf } from '../../rpc/problem-of.ts'
import { useEngine } from '../../rpc/engine.ts'
import { useNews } from '../../stores/news.ts'

/** The address by which IdPs reach the endpoint, to be given where there is a tunnel or a proxy in front of it. */
export function PublicAddress() {
  const engine = useEngine()
  const endpoint = useNews((state) => state.news?.endpoint)
  const [text, setText] = useState<string>()
  const save = useMutation(engine.settings.set.mutationOptions({ onSuccess: () => setText(undefined) }))
  if (!endpoint) return null
  const known = endpoint.hasPublicUrl ? endpoint.publicOrigin : ''
  const shown = text ?? known

  function submit(event: FormEvent): void {
    event.preventDefault()
    save.mutate({ name: 'public-url', value: shown })
  }

  return (
    <form onSubmit={submit}>
      <Stack gap={6}>
        <Group align="flex-end" gap="xs">
          <TextInput
            label="Public address of the SCIM endpoint"
            description={`It listens on ${new URL(endpoint.url).host}. Leave this empty if the identity provider reaches that itself.`}
            placeholder="https://scim.example.com"
            flex={1}
            value={shown}
            error={save.isError ? problemOf(save.error) : undefined}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" h={36} disabled={shown === known} loading={save.isPending}>
            Save the address
          </Button>
        </Group>
        {known !== '' && !known.startsWith('https:') && (
          <Text size="xs" c="dimmed">
            Identity providers in the cloud insist on https with a certificate of a public CA.
          </Text>
        )}
      </Stack>
    </form>
  )
}
