import { Button, Stack } from '@mantine/core'
import { Link } from 'wouter'
import { formatRequestFilter } from '../../../contract/request-filter.ts'
import { ListFrame } from '../../components/table/list-frame.tsx'
import { Nothing } from '../../components/state/nothing.tsx'
import { RequestTable } from '../../components/table/request-table.tsx'
import { ownRequests } from './own-requests.ts'
import { useLiveRequests } from '../../rpc/use-live-requests.ts'
import type { Integration } from '../../../contract/integrations.ts'
import { useNow } from '../../stores/clock.ts'

const shown = 100

/** The newest requests of the integration, those that were not let in included. */
export function RequestsTab({ integration }: { readonly integration: Integration }) {
  const { slug } = integration
  const now = useNow()
  const filter = [{ field: 'integration', value: slug, isExcluded: false }] as const
  const { items: ofSlug, isLoading } = useLiveRequests(filter, shown)
  const items = ownRequests(integration, ofSlug)
  const all = new URLSearchParams({ filter: formatRequestFilter(filter) }).toString()
  if (items.length === 0)
    return isLoading ? null : (
      <ListFrame>
        <Nothing why="empty" title="No request has come yet">
          As soon as the identity provider calls, its requests stand here.
        </Nothing>
      </ListFrame>
    )
  return (
    <Stack gap="sm">
      <ListFrame>
        <RequestTable
          id="integration-requests"
          label="Requests of this integration, newest first"
          rows={items}
          now={now}
          hrefOf={(request) => `/requests/${request.id}?${all}`}
        />
      </ListFrame>
      <Button component={Link} href={`/requests?${all}`} variant="default" w="fit-content">
        Show them in the log
      </Button>
    </Stack>
  )
}
