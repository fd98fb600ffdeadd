import { Button } from '@mantine/core'
import { Link } from 'wouter'
import type { OverviewIntegration } from '../../../contract/overview.ts'
import { ProvisioningBadge } from '../../components/state/provisioning-badge.tsx'
import { TextLink } from '../../components/text/text-link.tsx'
import { sentenceText } from '../../components/text/time-text.ts'
import { useNow } from '../../stores/clock.ts'
import { nextStepOf } from '../status/next-step.ts'
import { leadingOf } from './leading.ts'
import classes from './integration-lines.module.css'

/** A line for each integration: how it does, as a sentence, and what to do next. Of many, those that are well are counted below. */
export function IntegrationLines({ integrations }: { readonly integrations: readonly OverviewIntegration[] }) {
  const now = useNow()
  const { shown, rest } = leadingOf(integrations)
  return (
    <ul className={classes['lines']}>
      {shown.map(({ integration, status }) => {
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
      {rest !== undefined && (
        <li className={classes['rest']}>
          <TextLink href="/status">{rest}</TextLink>
        </li>
      )}
    </ul>
  )
}
