import { Button, Group, Stack, Title } from '@mantine/core'
import { Link } from 'wouter'
import type { Guide, Integration } from '../../../contract/integrations.ts'
import { CopyField } from '../../components/copy-field.tsx'
import { PublicAddress } from './public-address.tsx'
import { ReachList } from './reach-list.tsx'

interface AddressStepProps {
  readonly integration: Integration
  readonly guide: Guide
}

/** By what address the IdP gets here. */
export function AddressStep({ integration, guide }: AddressStepProps) {
  return (
    <Stack gap="md">
      <Title order={2}>How {integration.idpName} gets here</Title>
      <ReachList options={guide.reach} />
      <PublicAddress />
      <CopyField label="SCIM URL of this integration" value={integration.scimUrl} />
      <Group>
        <Button component={Link} href={`/integrations/${integration.slug}/setup/token`}>
          Go on to the token
        </Button>
      </Group>
    </Stack>
  )
}
