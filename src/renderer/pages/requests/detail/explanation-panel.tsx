import { Anchor, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import type { Explanation } from '../../../../contract/request-detail.ts'
import type { Request } from '../../../../contract/requests.ts'
import { statusMeaning } from '../../../components/text/request-text.ts'
import { StateBadge } from '../../../components/state/state-badge.tsx'
import { useEngine } from '../../../rpc/engine.ts'
import { inDirectory } from '../../directory/use-directory.ts'
import classes from './detail.module.css'

interface ExplanationPanelProps {
  readonly explanation: Explanation
  readonly status: number
  /** Slug of the integration, if it is known. */
  readonly integration: string | null
  readonly request: Request
}

interface Way {
  readonly label: string
  readonly path: (slug: string) => string
  /** It leads somewhere whatever integration the request was for. */
  readonly isAnyones?: boolean
}

const tokens: Way = { label: 'Open its tokens', path: (slug) => `/integrations/${slug}/tokens` }
const policy: Way = { label: 'Open its policy', path: (slug) => `/integrations/${slug}/policy` }
const setup: Way = { label: 'Open its set-up', path: (slug) => `/integrations/${slug}/setup` }
const status: Way = { label: 'Open the integration', path: (slug) => `/integrations/${slug}` }
const attributes: Way = { label: 'Open the attributes', path: () => '/attributes', isAnyones: true }
const endpointSettings: Way = {
  label: 'Open the settings of the endpoint',
  path: () => '/settings/endpoint',
  isAnyones: true,
}

/** Where the next step is taken, by the id of the explanation. */
const ways: Readonly<Record<string, Way>> = {
  'token-missing': setup,
  'not-bearer': setup,
  'token-unknown': tokens,
  'token-jwt': tokens,
  'token-slip': tokens,
  'wrong-tokens': tokens,
  'token-expired': tokens,
  'token-revoked': tokens,
  'token-elsewhere': setup,
  'integration-disabled': status,
  'integration-paused': status,
  paused: status,
  'administrator-inactive': policy,
  'policy-refused': policy,
  'address-required': policy,
  'groups-off': policy,
  forbidden: policy,
  'rate-limited': policy,
  'other-version': setup,
  'no-route': setup,
  'path-refused': attributes,
  'filter-attribute': attributes,
  'schema-not-found': attributes,
  'certificate-not-trusted': endpointSettings,
  'tls-on-plain-port': endpointSettings,
}

/** The way to who has the name that a creation was to give. */
function OtherRecord({ request: { method, endpoint, subject, integration } }: Pick<ExplanationPanelProps, 'request'>) {
  const integrations = useQuery(useEngine().integrations.list.queryOptions())
  const known = integrations.data?.find(({ slug }) => slug === integration)
  if (method !== 'POST' || subject === null || !known) return undefined
  const search = new URLSearchParams({ q: subject }).toString()
  return (
    <Anchor
      component={Link}
      href={inDirectory(endpoint === 'Groups' ? '/groups' : '/users', known.directory, search)}
      inherit
      underline="always"
    >
      Show who has it
    </Anchor>
  )
}

/** What a failure means and what to do about it, with the way there. */
export function ExplanationPanel({ explanation, status: code, integration, request }: ExplanationPanelProps) {
  const way = ways[explanation.id]
  // A bulk request is answered with 200 also where operations of it failed.
  const meaning = code === 0 ? 'failure' : code < 400 ? 'attention' : statusMeaning(code)
  return (
    <section className={classes['explanation']} data-meaning={meaning} aria-label="What this failure means">
      <StateBadge meaning={meaning} word={explanation.title} />
      <p>{explanation.meaning}</p>
      <p>
        <span className={classes['next']}>Next: </span>
        {explanation.nextStep}{' '}
        {way && (integration !== null || way.isAnyones === true) && (
          <Anchor component={Link} href={way.path(integration ?? '')} inherit underline="always">
            {way.label}
          </Anchor>
        )}
        {explanation.id === 'conflict' && <OtherRecord request={request} />}
      </p>
      {explanation.reaction !== null && (
        <Text size="sm" c="dimmed" component="p">
          {explanation.reaction}
        </Text>
      )}
    </section>
  )
}
