import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { Link } from 'wouter'
import type { Guide, Integration } from '../../../contract/integrations.ts'
import { GuideSteps } from './guide-steps.tsx'
import { NoAddressNotice } from './no-address-notice.tsx'

interface PortalStepProps {
  readonly integration: Integration
  readonly guide: Guide
}

/** What to do in the portal, up to its test. */
export function PortalStep({ integration, guide }: PortalStepProps) {
  return (
    <Stack gap="md">
      <div>
        <Title order={2}>In the {guide.portal}</Title>
        {guide.checked !== undefined && (
          <Text size="xs" c="dimmed">
            Words in bold stand in the portal like that; labels last checked in {guide.checked}.
          </Text>
        )}
      </div>
      <NoAddressNotice integration={integration} guide={guide} />
      <GuideSteps steps={guide.connect} integration={integration} />
      <Group>
        <Button component={Link} href={`/integrations/${integration.slug}/setup/first-request`}>
          Go on to the first request
        </Button>
      </Group>
    </Stack>
  )
}
