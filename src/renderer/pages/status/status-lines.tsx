import { Button } from '@mantine/core'
import { CircleX } from 'lucide-react'
import { Link } from 'wouter'
import type { IntegrationStatus } from '../../../contract/provisioning.ts'
import { amountText } from '../../components/text/amount-text.ts'
import { ProvisioningBadge } from '../../components/state/provisioning-badge.tsx'
import { TextLink } from '../../components/text/text-link.tsx'
import { sentenceText } from '../../components/text/time-text.ts'
import { useNow } from '../../stores/clock.ts'
import { nextStepOf } from './next-step.ts'
import { ProgressBar } from './progress-bar.tsx'
import { quarantineText } from './quarantine-text.ts'
import classes from './status.module.css'

function Line({ status }: { readonly status: IntegrationStatus }) {
  const { slug, name, idpName, sentence, progress, quarantine, failing } = status
  const now = useNow()
  const step = nextStepOf(status)
  const distance =
    quarantine !== null && (quarantine.isSuspected || quarantine.failures > 0) ? quarantineText(status) : undefined
  return (
    <li>
      <ProvisioningBadge status={status} />
      <div className={classes['body']}>
        <span>
          <Link href={`/status/${slug}`} className={classes['name']}>
            <bdi>{name}</bdi>
          </Link>
          <span className={classes['idp']}>{idpName}</span>
        </span>
        <p className={classes['sentence']}>{sentenceText(sentence, now)}</p>
        {progress !== null && <ProgressBar progress={progress} />}
        {distance !== undefined && (
          <p className={classes['small']} data-meaning={quarantine?.isSuspected === true ? 'failure' : undefined}>
            {quarantine?.isSuspected === true && <CircleX size={13} aria-hidden />}
            {distance}
          </p>
        )}
        {failing > 0 && (
          <p className={classes['small']}>
            <TextLink href={`/status/${slug}#failing`}>
              {failing === 1
                ? '1 user or group fails'
                : `${amountText(failing, 'user or group', 'users and groups')} fail`}
            </TextLink>
          </p>
        )}
      </div>
      {step && (
        <div className={classes['action']}>
          <Button component={Link} href={step.href} variant="default" size="compact-xs">
            {step.label}
          </Button>
        </div>
      )}
    </li>
  )
}

/** A line for each integration, as one would read it aloud. */
export function StatusLines({ statuses }: { readonly statuses: readonly IntegrationStatus[] }) {
  return (
    <ul className={classes['lines']} aria-label="Integrations">
      {statuses.map((status) => (
        <Line key={status.slug} status={status} />
      ))}
    </ul>
  )
}
