import { Stack, Text, TextInput } from '@mantine/core'
import type { FormEvent } from 'react'
import { besideField } from '../../components/form/beside-field.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { SaveButton } from '../../components/form/save-button.tsx'
import { useNews } from '../../stores/news.ts'
import type { PublicAddressDraft } from './use-public-address.ts'

/** The address by which IdPs reach the endpoint, to be given where there is a tunnel or a proxy in front of it. */
export function PublicAddress({ address }: { readonly address: PublicAddressDraft }) {
  const endpoint = useNews((state) => state.news?.endpoint)
  if (!endpoint) return null
  const { known, shown } = address

  function submit(event: FormEvent): void {
    event.preventDefault()
    void address.save()
  }

  return (
    <form onSubmit={submit}>
      <Stack gap={6}>
        <TextInput
          label="Public address of the SCIM endpoint"
          description={`It listens on ${new URL(endpoint.url).host}. Leave this empty if the identity provider reaches that itself.`}
          placeholder="https://scim.example.com"
          value={shown}
          error={address.problem}
          onChange={(event) => address.type(event.currentTarget.value)}
          inputContainer={besideField(
            <SaveButton variant="default" h={36} isOff={shown === known} isBusy={address.isSaving}>
              Save the address
            </SaveButton>,
            { flex: 1 },
          )}
        />
        <Problem error={address.trouble} title="The address was not saved." />
        {known !== '' && !known.startsWith('https:') && (
          <Text size="xs" c="dimmed">
            Identity providers in the cloud insist on https with a certificate of a public CA.
          </Text>
        )}
      </Stack>
    </form>
  )
}
