import { Button, Stack } from '@mantine/core'
import { useEffect } from 'react'
import { Link, useParams } from 'wouter'
import { PageHeader } from '../../components/page/page-header.tsx'
import { ProvisioningBadge } from '../../components/state/provisioning-badge.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { useStatuses } from '../../rpc/use-statuses.ts'
import { CyclesPanel } from './cycles-panel.tsx'
import { DriftPanel } from './drift-panel.tsx'
import { EndpointNotice } from './endpoint-notice.tsx'
import { FailingPanel } from './failing-panel.tsx'
import { Inferred } from './inferred.tsx'
import { MappingPanel } from './mapping-panel.tsx'
import { nextStepOf } from './next-step.ts'
import { NoStatus } from './no-status.tsx'
import { PresentPanel } from './present-panel.tsx'
import { RepeatedPanel } from './repeated-panel.tsx'

/** A page is drawn in pieces, so that the browser has not found the part that its URL names. */
function useAnchor(isDrawn: boolean): void {
  useEffect(() => {
    const id = window.location.hash.slice(1)
    if (isDrawn && id !== '') document.querySelector(`[id="${CSS.escape(id)}"]`)?.scrollIntoView()
  }, [isDrawn])
}

/** All that is known of what one identity provider does. */
export function IntegrationStatusPage() {
  const { slug } = useParams<{ slug: string }>()
  const query = useStatuses()
  useAnchor(query.data !== undefined)
  return (
    <QueryView query={query} lines={8}>
      {(statuses) => {
        const status = statuses.find((each) => each.slug === slug)
        if (!status) return <NoStatus title="No such integration" explanation={`There is no integration “${slug}”`} />
        const step = nextStepOf(status)
        const leadsElsewhere = step !== undefined && !step.href.startsWith('/status/')
        const hasCome = status.lastRequestAt !== null
        return (
          <>
            <PageHeader
              title={status.name}
              open="Provisioning"
              above={[{ label: 'Provisioning', path: '/status' }]}
              state={<ProvisioningBadge status={status} />}
              actions={
                <>
                  <Button component={Link} href={`/integrations/${slug}`} variant="default">
                    Set-up and tokens
                  </Button>
                  {leadsElsewhere && (
                    <Button component={Link} href={step.href}>
                      {step.label}
                    </Button>
                  )}
                </>
              }
            />
            <Stack gap="md">
              <EndpointNotice />
              <PresentPanel status={status} />
              <Inferred ownLog={status.ownLog} />
              {hasCome && (
                <>
                  <CyclesPanel status={status} />
                  <FailingPanel slug={slug} />
                  <RepeatedPanel slug={slug} />
                  <MappingPanel slug={slug} />
                  <DriftPanel slug={slug} />
                </>
              )}
            </Stack>
          </>
        )
      }}
    </QueryView>
  )
}
