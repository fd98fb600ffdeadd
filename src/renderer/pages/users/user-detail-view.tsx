import { Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { JsonViewer } from '../../components/json-viewer.tsx'
import { Nothing } from '../../components/nothing.tsx'
import { QueryView } from '../../components/query-view.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { isNotFound } from '../../rpc/problem-of.ts'

/** One person as SCIM sees them. */
export function UserDetailView({ id }: { readonly id: string }) {
  const engine = useEngine()
  const query = useQuery(engine.users.get.queryOptions({ input: { id } }))
  if (isNotFound(query.error)) return <Nothing why="empty" title="There is no such user" />
  return (
    <QueryView query={query}>
      {(user) => (
        <Stack gap="sm">
          <Text fw={500} className="breakable">
            {user.displayName ?? user.userName}
          </Text>
          <JsonViewer text={JSON.stringify(user.resource)} label="The user as SCIM answers it" />
        </Stack>
      )}
    </QueryView>
  )
}
