import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, Redirect, useSearch } from 'wouter'
import { Nothing } from '../../components/state/nothing.tsx'
import { PageHeader } from '../../components/page/page-header.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { useDirectory } from '../directory/use-directory.ts'

/** Leads to the newest preview, whichever that is. */
export function LatestPreview() {
  const engine = useEngine()
  const { directory, to } = useDirectory()
  const search = useSearch()
  const query = useQuery(engine.conversions.latest.queryOptions({ input: { directory } }))
  return (
    <QueryView query={query} lines={8}>
      {(plan) =>
        plan === null ? (
          <>
            <PageHeader title="Preview" above={[{ label: 'User IDs', path: to('/conversion') }]} />
            <Nothing
              why="empty"
              title="There is no preview yet"
              action={
                <Button component={Link} href={to('/conversion')} variant="default">
                  Make a preview
                </Button>
              }
            />
          </>
        ) : (
          <Redirect to={`/conversion/preview/${plan.id}${search === '' ? '' : `?${search}`}`} replace />
        )
      }
    </QueryView>
  )
}
