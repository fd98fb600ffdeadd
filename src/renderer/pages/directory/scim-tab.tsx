import { Select, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'wouter'
import { EyeOff } from 'lucide-react'
import { JsonViewer } from '../../components/viewer/json-viewer.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { useEngine, type EngineQueries } from '../../rpc/engine.ts'
import classes from './scim-tab.module.css'

interface ScimTabProps {
  readonly of: (engine: EngineQueries) => EngineQueries['users']['seenBy'] | EngineQueries['groups']['seenBy']
  readonly directory: string
  readonly id: string
  /** Whose IdP it is; shown first. */
  readonly manager: string | null
}

const anybody = ' new'

/** The record as JSON, exactly as an identity provider gets it. */
export function ScimTab({ of, directory, id, manager }: ScimTabProps) {
  const engine = useEngine()
  const [search, setSearch] = useSearchParams()
  const integrations = useQuery(engine.integrations.list.queryOptions())
  const chosen = search.get('as') ?? manager ?? anybody
  const query = useQuery(
    of(engine).queryOptions({ input: { directory, id, integration: chosen === anybody ? null : chosen } }),
  )

  function choose(slug: string | null): void {
    setSearch(
      (before) => {
        const after = new URLSearchParams(before)
        after.set('as', slug ?? anybody)
        return after
      },
      { replace: true },
    )
  }

  return (
    <Stack gap="sm">
      <Select
        label="As this integration gets it"
        data={[
          ...(integrations.data ?? []).map(({ slug, name }) => ({ value: slug, label: name })),
          { value: anybody, label: 'One that is new here' },
        ]}
        value={chosen}
        onChange={choose}
        allowDeselect={false}
        maw={320}
      />
      <QueryView query={query} lines={6}>
        {({ isVisible, remark, resource }) => (
          <>
            {remark !== null && (
              <Text size="sm" className={classes['remark']} role="status">
                {!isVisible && <EyeOff size={15} aria-hidden />}
                {remark}
              </Text>
            )}
            {resource !== null && <JsonViewer text={JSON.stringify(resource)} label="The record as SCIM answers it" />}
          </>
        )}
      </QueryView>
    </Stack>
  )
}
