import { Button, Stack, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { PageHeader } from '../../components/page/page-header.tsx'
import { Panel } from '../../components/page/panel.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { TextLink } from '../../components/text/text-link.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { useListenAgain } from '../../rpc/use-listen-again.ts'
import { stepsOf } from './first-steps.ts'
import { StepList } from './step-list.tsx'
import { panelsWidth } from '../../components/page/widths.ts'

/** From an empty data directory to the first person whom an identity provider has provisioned. */
export function FirstStepsPage() {
  const engine = useEngine()
  const query = useQuery(engine.firstRun.get.queryOptions())
  const start = useListenAgain()
  const addSample = useMutation(engine.directories.addSample.mutationOptions())
  return (
    <>
      <PageHeader
        title="First steps"
        description="From an empty directory to the first person whom your identity provider creates here. It takes about ten minutes, and each step says what comes next."
      />
      <QueryView query={query} lines={10}>
        {(state) => {
          const steps = stepsOf(state)
          const isDone = steps.every((step) => step.state === 'done' || step.isOptional)
          return (
            <Stack gap="md" maw={panelsWidth}>
              <Panel title={isDone ? 'All is set up' : 'To the first person'}>
                <Stack gap="md">
                  {isDone && (
                    <Text size="sm">
                      Your identity provider provisions people here. From now on the{' '}
                      <TextLink href="/">Overview</TextLink> says whether all is well.
                    </Text>
                  )}
                  <StepList steps={steps} onStart={() => start.mutate()} />
                  <Problem error={start.error} />
                </Stack>
              </Panel>
              <Panel title="Look around meanwhile">
                <Stack gap="sm" align="flex-start">
                  <Text size="sm">
                    {state.sample.users + state.sample.groups > 0 ? (
                      <>
                        The sample organisation is in the directory: {state.sample.users} people and{' '}
                        {state.sample.groups} groups, marked as a sample. It is removed under{' '}
                        <TextLink href="/settings/danger">Settings, Danger zone</TextLink>.
                      </>
                    ) : (
                      'A sample organisation of thirty made-up people and five groups shows what a full directory looks like. It is marked, and removed with one button.'
                    )}
                  </Text>
                  {state.sample.users + state.sample.groups > 0 ? (
                    <Button component={Link} href="/users" variant="default">
                      See the people
                    </Button>
                  ) : (
                    <Button variant="default" loading={addSample.isPending} onClick={() => addSample.mutate({})}>
                      Fill with the sample organisation
                    </Button>
                  )}
                  <Problem error={addSample.error} />
                </Stack>
              </Panel>
            </Stack>
          )
        }}
      </QueryView>
    </>
  )
}
