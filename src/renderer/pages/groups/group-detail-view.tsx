import { Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { amountText } from '../../components/amount-text.ts'
import { JsonViewer } from '../../components/json-viewer.tsx'
import { Nothing } from '../../components/nothing.tsx'
import { QueryView } from '../../components/query-view.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { isNotFound } from '../../rpc/problem-of.ts'

/** One group as SCIM sees it, and the first of its members. */
export function GroupDetailView({ id }: { readonly id: string }) {
  const engine = useEngine()
  const query = useQuery(engine.groups.get.queryOptions({ input: { id } }))
  const members = useQuery(engine.groups.members.queryOptions({ input: { id } }))
  if (isNotFound(query.error)) return <Nothing why="empty" title="There is no such group" />
  return (
    <QueryView query={query}>
      {(group) => (
        <Stack gap="sm">
          <Text fw={500} className="breakable">
            {group.displayName}
          </Text>
          <Text size="sm" c="dimmed">
            {amountText(group.members, 'member')}
          </Text>
          <QueryView query={members}>
            {({ items }) => (
              <Text size="sm" className="breakable">
                {items.map((member) => member.display ?? member.id).join(', ')}
              </Text>
            )}
          </QueryView>
          <JsonViewer text={JSON.stringify(group.resource)} label="The group as SCIM answers it" />
        </Stack>
      )}
    </QueryView>
  )
}
