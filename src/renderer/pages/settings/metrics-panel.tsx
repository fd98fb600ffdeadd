import { Stack, Switch, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { CopyField } from '../../components/file/copy-field.tsx'
import { Panel } from '../../components/page/panel.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { isDesktop } from '../../host.ts'
import { useEngine } from '../../rpc/engine.ts'

/** Whether the console's port serves metrics to Prometheus. */
export function MetricsPanel() {
  const engine = useEngine()
  const query = useQuery(engine.settings.list.queryOptions())
  const set = useMutation(engine.settings.set.mutationOptions())
  return (
    <Panel title="Metrics">
      <QueryView query={query} lines={2}>
        {(settings) => {
          const isOn = settings.find(({ name }) => name === 'metrics')?.value === 'on'
          return (
            <Stack gap="sm">
              <Switch
                label="Serve metrics to Prometheus"
                description="Requests, latency, failures, age of cycles and depth of the outbox, where the console is served and without a sign-in: counts and the names of integrations, nothing of people."
                checked={isOn}
                onChange={(event) => set.mutate({ name: 'metrics', value: event.currentTarget.checked ? 'on' : 'off' })}
              />
              {isOn && !isDesktop && <CopyField label="Address" value={`${window.location.origin}/metrics`} />}
              {isOn && isDesktop && (
                <Text size="sm" c="dimmed">
                  The desktop app has no web server: run rollcall serve to have them scraped.
                </Text>
              )}
              <Problem error={set.error} title="It was not changed." />
            </Stack>
          )
        }}
      </QueryView>
    </Panel>
  )
}
