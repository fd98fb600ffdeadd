import { Button, Group, Progress, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { TestRunView } from '../../../contract/endpoint-tests.ts'
import { amountText, numberText } from '../../components/text/amount-text.ts'
import { Panel } from '../../components/page/panel.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { useConnectionState, useEngine } from '../../rpc/engine.ts'
import { doingText } from './test-text.ts'
import classes from './diagnosis.module.css'

/** Read out in steps; the counts alone would never be silent. */
const spokenStep = 25

function cancelledText({ test, names }: TestRunView): string {
  return test.kind === 'simulation' && test.keep
    ? `Cancelled. What it has made, called ${names}…, stays there, as asked.`
    : `Cancelled. What it made, called ${names}…, is removed first; then another test can begin.`
}

function spokenText(run: TestRunView): string {
  if (run.isCancelled) return cancelledText(run)
  if (run.state === 'removing') return 'What was made is being removed.'
  const percent = run.all === 0 ? 0 : Math.floor((run.done / run.all) * (100 / spokenStep)) * spokenStep
  return `${doingText(run)}, ${percent} %`
}

/** A test that is under way. */
export function TestProgress({ run, takesFocus }: { readonly run: TestRunView; readonly takesFocus: boolean }) {
  const engine = useEngine()
  const cancel = useMutation(engine.endpointTests.cancel.mutationOptions())
  const isLost = useConnectionState().kind === 'lost'
  const stop = useRef<HTMLButtonElement>(null)
  const { done, all, requests, failures, phase } = run
  const isCounted = all > 0 && run.state === 'running' && !run.isCancelled

  useEffect(() => {
    if (takesFocus) stop.current?.focus()
  }, [takesFocus])

  return (
    <Panel title={doingText(run)}>
      <Stack gap="sm">
        <Text size="sm" className={classes['url']}>
          {run.url}
        </Text>
        <Progress.Root size="md">
          <Progress.Section
            value={isCounted ? Math.min(100, (done / all) * 100) : 100}
            animated={!isCounted && !isLost}
            aria-label={`${doingText(run)}, done so far`}
          />
        </Progress.Root>
        <div>
          <Text size="sm" className={classes['phase']}>
            {phase}
          </Text>
          <Text size="sm" c="dimmed" className="tabular">
            {isCounted && `${numberText(done)} of ${numberText(all)} · `}
            {amountText(requests, 'request')} · {amountText(failures, 'failure')} so far
          </Text>
        </div>
        <span className="unseen" role="status">
          {spokenText(run)}
        </span>
        <Group justify="space-between" gap="sm">
          <Text size="xs" c="dimmed" maw={420}>
            {run.isCancelled
              ? cancelledText(run)
              : 'It goes on when you leave this screen. A restart of the server ends it.'}
          </Text>
          <Button
            ref={stop}
            variant="default"
            loading={cancel.isPending}
            disabled={run.isCancelled}
            onClick={() => cancel.mutate({})}
          >
            {run.isCancelled ? 'Cancelling' : 'Cancel'}
          </Button>
        </Group>
        <Problem error={cancel.error} />
      </Stack>
    </Panel>
  )
}
