import { Button, Group, Loader, Stack, Text, Title } from '@mantine/core'
import { CircleCheck, CircleX } from 'lucide-react'
import { Link } from 'wouter'
import type { Guide, Integration } from '../../../contract/integrations.ts'
import type { OverviewIntegration } from '../../../contract/overview.ts'
import type { Request } from '../../../contract/requests.ts'
import { capitalized } from '../../components/text/capitalized.ts'
import { GuideTextView } from '../../components/viewer/guide-text-view.tsx'
import { RequestTable } from '../../components/table/request-table.tsx'
import { useLiveRequests } from '../../rpc/use-live-requests.ts'
import { useNow } from '../../stores/clock.ts'
import { useNews } from '../../stores/news.ts'
import { BrokenOff } from './broken-off.tsx'
import { NoAddressNotice } from './no-address-notice.tsx'
import { ownRequests } from './own-requests.ts'
import classes from './first-request-step.module.css'

interface FirstRequestStepProps {
  readonly view: OverviewIntegration
  readonly guide: Guide
}

const shown = 8

/** Which of the resource types have been asked for, with success. */
function received(requests: readonly Request[], endpoint: string): boolean {
  return requests.some((each) => each.endpoint === endpoint && each.status > 0 && each.status < 400)
}

/** Why no request can get through, whatever is done in the portal. */
function hindranceOf({ state, token, administratorProblem }: Integration, isListening: boolean): string | undefined {
  if (state === 'disabled') return 'This integration is disabled: whatever comes is refused. Enable it at the top.'
  if (state === 'paused')
    return 'This integration is paused: whatever comes is asked to come back later. Resume it at the top.'
  if (!isListening) return 'The SCIM endpoint is stopped, so that nothing arrives. Start it in the menu at the top.'
  if (token === null || administratorProblem !== null)
    return 'This integration has no token, or nobody to act as. See its tokens and its policy.'
  return undefined
}

/** Waits for the first request, and turns green by itself. */
export function FirstRequestStep({ view, guide }: FirstRequestStepProps) {
  const { integration, traffic } = view
  const now = useNow()
  const live = useLiveRequests([{ field: 'integration', value: integration.slug, isExcluded: false }], 100)
  const items = ownRequests(integration, live.items)
  const users = received(items, 'Users')
  const groups = received(items, 'Groups')
  const isListening = useNews((state) => state.news?.endpoint.state !== 'stopped')
  const hindrance = hindranceOf(integration, isListening)
  const hasBeenGood = users || groups || traffic.lastSuccessAt !== null
  const isGood = hasBeenGood && hindrance === undefined
  const refused = hasBeenGood ? undefined : items[0]
  return (
    <Stack gap="md">
      <Title order={2}>The first request</Title>
      <Text size="sm" component="div">
        <GuideTextView text={guide.test} />
      </Text>
      <div
        className={classes['light']}
        data-state={isGood ? 'good' : refused || hindrance !== undefined ? 'refused' : 'waiting'}
        role="status"
        aria-live="polite"
      >
        {isGood ? (
          <>
            <CircleCheck size={18} aria-hidden />
            <div>
              <Text size="sm" fw={500}>
                {capitalized(integration.idpSpoken)} gets through
              </Text>
              <Text size="sm">
                Received: Users {users ? '✓' : '–'}
                {guide.sendsGroups && <> · Groups {groups ? '✓' : '–'}</>}
              </Text>
            </div>
          </>
        ) : refused ? (
          <>
            <CircleX size={18} aria-hidden />
            <div>
              <Text size="sm" fw={500}>
                A request came and was refused with {refused.status}
              </Text>
              <Text size="sm" className="breakable">
                {traffic.failingBecause ?? refused.classification}
              </Text>
            </div>
          </>
        ) : hindrance !== undefined ? (
          <>
            <CircleX size={18} aria-hidden />
            <Text size="sm">{hindrance}</Text>
          </>
        ) : (
          <>
            <Loader size={16} aria-hidden />
            <div>
              <Text size="sm" fw={500}>
                Waiting for the first request
              </Text>
              <Text size="sm" c="dimmed">
                This turns green by itself. You may leave and come back.
              </Text>
              <BrokenOff now={now} />
            </div>
          </>
        )}
      </div>
      {items.length > 0 && (
        <div className={classes['table']}>
          <RequestTable
            id="first-requests"
            label="Newest requests of this integration"
            rows={items.slice(0, shown)}
            isShort
            now={now}
            hrefOf={(request) => `/requests/${request.id}`}
          />
        </div>
      )}
      <Group>
        <Button
          component={Link}
          href={`/integrations/${integration.slug}/setup/assign`}
          variant={isGood ? 'filled' : 'default'}
        >
          Go on to people
        </Button>
      </Group>
      {!isGood && (
        <div>
          <Text size="sm" fw={500} mb={4}>
            If nothing comes
          </Text>
          <NoAddressNotice integration={integration} guide={guide} />
          <ul className={classes['trouble']}>
            {guide.trouble.map(({ shown: seen, cause }) => (
              <li key={seen}>
                <b>{seen}</b> {cause}
              </li>
            ))}
          </ul>
        </div>
      )}
    </Stack>
  )
}
