import { Button } from '@mantine/core'
import { Link } from 'wouter'
import type { OverviewIntegration } from '../../../contract/overview.ts'
import { ProvisioningBadge } from '../../components/provisioning-badge.tsx'
import { sentenceText } from '../../components/time-text.ts'
import { useNow } from '../../stores/clock.ts'
import { nextStepOf } from '../status/next-step.ts'
import classes from './integration-lines.module.css'

/** A line for each integration: how it does, as a sentence, and what to do next. */
export function IntegrationLines({ integrations }: { readonly integrations: readonly OverviewIntegration[] }) {
  const now = useNow()
  return (
    <ul className={classes['lines']}>
      {integrations.map(({ integration, status }) => {
        const action = nextStepOf(status)
        return (
          <li key={integration.slug}>
            <ProvisioningBadge status={status} />
            <Link href={`/integrations/${integration.slug}`} className={classes['name']}>
              {integration.name}
            </Link>
            <Link href={`/status/${integration.slug}`} className={classes['sentence']}>
              {sentenceText(status.sentence, now)}
            </Link>
            {action && (
              <Button component={Link} href={action.href} variant="default" size="compact-xs">
                {action.label}
              </Button>
            )}
          </li>
        )
      })}
    </ul>
  )
}
