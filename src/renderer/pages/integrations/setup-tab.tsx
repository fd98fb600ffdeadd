import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { Redirect } from 'wouter'
import type { OverviewIntegration } from '../../../contract/overview.ts'
import { QueryView } from '../../components/state/query-view.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { usePreferences } from '../../stores/preferences.ts'
import { unreachable } from '../../unreachable.ts'
import { AddressStep } from './address-step.tsx'
import { AssignStep } from './assign-step.tsx'
import { FirstRequestStep } from './first-request-step.tsx'
import { PortalStep } from './portal-step.tsx'
import { SetupFrame } from './setup-frame.tsx'
import { isSetupStep, type SetupStep } from './setup-steps.ts'
import { TokenStep } from './token-step.tsx'

interface SetupTabProps {
  readonly view: OverviewIntegration
  readonly step: string | undefined
}

/** The steps of the set-up that follow its creation. Whoever comes back goes on where they left. */
export function SetupTab({ view, step }: SetupTabProps) {
  const { slug } = view.integration
  const engine = useEngine()
  const guide = useQuery(engine.integrations.guide.queryOptions({ input: { slug } }))
  const remembered = usePreferences((state) => state.setupSteps[slug])
  const remember = usePreferences((state) => state.setSetupStep)
  const current = isSetupStep(step) && step !== 'choose' ? step : undefined

  useEffect(() => {
    if (current) remember(slug, current)
  }, [current, remember, slug])

  const at = `/integrations/${slug}/setup`
  if (!current) return <Redirect to={`${at}/${isSetupStep(remembered) ? remembered : 'portal'}`} replace />
  return (
    <SetupFrame
      current={current}
      hrefOf={(each) => (each === 'choose' ? undefined : `${at}/${each}`)}
      isDone={(each) => isDone(each, view, guide.data?.hasAddress === true)}
    >
      <QueryView query={guide} lines={6}>
        {(data) => {
          switch (current) {
            case 'address':
              return <AddressStep integration={view.integration} guide={data} />
            case 'token':
              return <TokenStep integration={view.integration} />
            case 'portal':
              return <PortalStep integration={view.integration} guide={data} />
            case 'first-request':
              return <FirstRequestStep view={view} guide={data} />
            case 'assign':
              return <AssignStep integration={view.integration} guide={data} />
            default:
              return unreachable(current)
          }
        }}
      </QueryView>
    </SetupFrame>
  )
}

function isDone(step: SetupStep, { integration, traffic }: OverviewIntegration, hasAddress: boolean): boolean {
  const hasSucceeded = traffic.lastSuccessAt !== null
  switch (step) {
    case 'choose':
      return true
    case 'address':
      // Whatever comes in has found a way, as through an agent of the identity provider.
      return hasAddress || hasSucceeded
    case 'token':
      return integration.token !== null
    case 'portal':
    case 'first-request':
      return hasSucceeded
    case 'assign':
      return traffic.userChanges > 0
    default:
      return unreachable(step)
  }
}
