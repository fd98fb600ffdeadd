import { useQuery } from '@tanstack/react-query'
import { Skeleton, Stack } from '@mantine/core'
import { PageHeader } from '../../components/page/page-header.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { TestWorkbench } from './test-workbench.tsx'
import { useTestStanding } from './use-test-standing.ts'

/** Whether an endpoint does what identity providers need, found out before one is connected. */
export function DiagnosisPage() {
  const engine = useEngine()
  const choices = useQuery(engine.endpointTests.choices.queryOptions({ staleTime: Infinity }))
  const standing = useTestStanding()
  return (
    <>
      <PageHeader
        title="Diagnosis"
        description="Finds out whether a SCIM endpoint, this one or somebody else’s, does what identity providers need, and what to tell its maker."
      />
      <QueryView query={choices} lines={8}>
        {(known) =>
          standing ? (
            <TestWorkbench choices={known} standing={standing} />
          ) : (
            <Stack gap="xs" role="status" aria-busy="true" aria-label="Loading">
              <Skeleton height={14} width="60%" />
              <Skeleton height={14} width="40%" />
            </Stack>
          )
        }
      </QueryView>
    </>
  )
}
