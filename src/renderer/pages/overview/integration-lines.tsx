import { Button } from '@mantine/core'
import { Link } from 'wouter'
import type { OverviewIntegration } from '../../../contract/overview.ts'
import { StateBadge } from '../../components/state-badge.tsx'
import { useNow } from '../../stores/clock.ts'
import { healthAction, healthSentence, healthWord } from './health-text.ts'
import classes from './integration-lines.module.css'

/** A line for each integration: how it does, as a sentence, and what to do next. */
export function IntegrationLines({ integrations }: { readonly integrations: readonly OverviewIntegration[] }) {
  const now = useNow()
  return (
    <ul className={classes['lines']}>
      {integrations.map((each) => {
        const { integration } = each
        const action = healthAction(each)
        return (
          <li key={integration.slug}>
            <StateBadge {...healthWord(each.health)} />
            <Link href={`/integrations/${integration.slug}`} className={classes['name']}>
              {integration.name}
            </Link>
            <span className={classes['sentence']}>{healthSentence(each, now)}</span>
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
