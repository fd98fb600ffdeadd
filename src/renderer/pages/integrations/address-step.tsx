import { Button, Group, Stack, Title } from '@mantine/core'
import type { MouseEvent } from 'react'
import { Link, useLocation } from 'wouter'
import type { Guide, Integration } from '../../../contract/integrations.ts'
import { CopyField } from '../../components/file/copy-field.tsx'
import { PublicAddress } from './public-address.tsx'
import { ReachList } from './reach-list.tsx'
import { usePublicAddress } from './use-public-address.ts'

interface AddressStepProps {
  readonly integration: Integration
  readonly guide: Guide
}

/** By what address the IdP gets here. */
export function AddressStep({ integration, guide }: AddressStepProps) {
  const address = usePublicAddress()
  const [, navigate] = useLocation()
  const next = `/integrations/${integration.slug}/setup/token`

  async function saveAndGoOn(): Promise<void> {
    if (await address.save()) navigate(next)
  }

  function goOn(event: MouseEvent): void {
    if (address.shown === address.known) return
    event.preventDefault()
    void saveAndGoOn()
  }

  return (
    <Stack gap="md">
      <Title order={2}>How {integration.idpSpoken} gets here</Title>
      <ReachList options={guide.reach} />
      <PublicAddress address={address} />
      <CopyField label="SCIM URL of this integration" value={integration.scimUrl} />
      <Group>
        <Button component={Link} href={next} onClick={goOn}>
          Go on to the token
        </Button>
      </Group>
    </Stack>
  )
}
