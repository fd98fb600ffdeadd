import { Button, Group, Stack, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Pause, Play } from 'lucide-react'
import { useState } from 'react'
import { amountText } from '../../components/text/amount-text.ts'
import { ConfirmDialog } from '../../components/dialog/confirm-dialog.tsx'
import { Panel } from '../../components/page/panel.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { RelativeTime } from '../../components/text/relative-time.tsx'
import { StateBadge } from '../../components/state/state-badge.tsx'
import { useEngine } from '../../rpc/engine.ts'

/** Holds every integration at once, politely. */
export function PausePanel() {
  const engine = useEngine()
  const query = useQuery(engine.endpoint.pauses.queryOptions())
  const [isAsking, setAsking] = useState(false)
  const pause = useMutation(engine.endpoint.pauseAll.mutationOptions({ onSuccess: () => setAsking(false) }))
  const resume = useMutation(engine.endpoint.resumeAll.mutationOptions())
  return (
    <Panel title="Pause everything">
      <QueryView query={query} lines={2}>
        {({ enabled, paused, together, since }) => {
          const running = enabled - paused
          const byHand = paused - together
          return (
            <Stack gap="sm">
              <Text size="sm" component="div">
                {enabled === 0 ? (
                  'There is no integration to pause.'
                ) : paused === 0 ? (
                  <StateBadge
                    meaning="ok"
                    word={enabled === 1 ? 'The integration is open' : `All ${enabled} integrations are open`}
                  />
                ) : (
                  <>
                    <StateBadge
                      meaning="attention"
                      icon="paused"
                      word={`${amountText(paused, 'integration')} of ${enabled} paused`}
                    />
                    {since !== null && (
                      <>
                        , the last <RelativeTime at={since} isPast />
                      </>
                    )}
                    {together > 0 && byHand > 0 && `; ${byHand} of them one by one, which stay paused`}
                  </>
                )}
              </Text>
              <Text size="xs" c="dimmed">
                Each request is answered with 503 and Retry-After: identity providers come back by themselves, and count
                nothing as lost. For a restore, or while you mend something.
              </Text>
              <Problem error={resume.error} />
              <Group gap="xs">
                {running > 0 && (
                  <Button
                    variant="default"
                    leftSection={<Pause size={14} aria-hidden />}
                    onClick={() => setAsking(true)}
                  >
                    {running === 1 ? 'Pause the integration' : `Pause all ${running} integrations`}
                  </Button>
                )}
                {paused > 0 && (
                  <Button
                    variant="default"
                    leftSection={<Play size={14} aria-hidden />}
                    loading={resume.isPending}
                    onClick={() => resume.mutate({ isEvery: together === 0 })}
                  >
                    {together === 0
                      ? `Resume the ${amountText(paused, 'integration')} that ${paused === 1 ? 'was' : 'were'} paused one by one`
                      : `Resume ${amountText(together, 'integration')}`}
                  </Button>
                )}
              </Group>
              <ConfirmDialog
                isOpen={isAsking}
                onClose={() => setAsking(false)}
                title={running === 1 ? 'Pause the integration?' : `Pause all ${running} integrations?`}
                action="Pause them"
                isBusy={pause.isPending}
                error={pause.error}
                onConfirm={() => pause.mutate({})}
              >
                No identity provider gets in until you resume. Entra ID looks again about every 40 minutes, Okta waits
                and tries up to ten times.
              </ConfirmDialog>
            </Stack>
          )
        }}
      </QueryView>
    </Panel>
  )
}
