import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { Link } from 'wouter'
import type { Guide, Integration } from '../../../contract/integrations.ts'
import { RequestTable } from '../../components/table/request-table.tsx'
import { useLiveRequests } from '../../rpc/use-live-requests.ts'
import { ownRequests } from './own-requests.ts'
import { useNow } from '../../stores/clock.ts'
import { GuideSteps } from './guide-steps.tsx'
import classes from './first-request-step.module.css'

interface AssignStepProps {
  readonly integration: Integration
  readonly guide: Guide
}

const shown = 6

/** One person first, then everybody; what comes is seen at once. */
export function AssignStep({ integration, guide }: AssignStepProps) {
  const now = useNow()
  const live = useLiveRequests(
    [
      { field: 'integration', value: integration.slug, isExcluded: false },
      { field: 'method', value: 'GET', isExcluded: true },
    ],
    shown,
  )
  const items = ownRequests(integration, live.items)
  return (
    <Stack gap="md">
      <Title order={2}>One person, then everyone</Title>
      <GuideSteps steps={guide.assign} integration={integration} />
      {items.length === 0 ? (
        <Text size="sm" c="dimmed" role="status">
          No change has come yet. It stands here as soon as it does.
        </Text>
      ) : (
        <div className={classes['table']}>
          <RequestTable
            id="first-changes"
            label="Newest changes by this integration"
            rows={items}
            isShort
            now={now}
            hrefOf={(request) => `/requests/${request.id}`}
          />
        </div>
      )}
      <Group gap="xs">
        <Button component={Link} href={`/integrations/${integration.slug}`}>
          Finish
        </Button>
        <Button component={Link} href="/users" variant="default">
          Show the people
        </Button>
      </Group>
    </Stack>
  )
}
