import { Button, Group, Progress, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Pause, Play, X } from 'lucide-react'
import { useState } from 'react'
import type { Job } from '../../../contract/jobs.ts'
import { amountText, numberText } from '../../components/text/amount-text.ts'
import { ConfirmDialog } from '../../components/dialog/confirm-dialog.tsx'
import { firstClick } from '../../components/dialog/first-click.ts'
import { Notice } from '../../components/state/notice.tsx'
import { Panel } from '../../components/page/panel.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { useConnectionState, useEngine, useIsBehind } from '../../rpc/engine.ts'
import { aboutText } from './amounts-of-time.ts'
import { progressText, resultText, staysText } from './job-text.ts'

interface Hearing {
  readonly isLost: boolean
  /** What is shown may be old. */
  readonly isBehind: boolean
}

function pace({ state, rate, secondsLeft }: Job, { isLost, isBehind }: Hearing): string {
  if (isLost) return 'Pace not known: no connection'
  if (isBehind) return 'Pace not known yet'
  if (state === 'paused') return 'Paused'
  if (state === 'queued') return 'Waiting to be taken on'
  if (rate === null) return 'Beginning'
  const left = secondsLeft === null ? '' : ` · ${aboutText(secondsLeft)} left`
  return `${amountText(Math.round(rate), 'person', 'people')} a second${left}`
}

interface JobProgressProps {
  readonly job: Job
  /** When it was heard of, in ms since the epoch. */
  readonly heardAt: number
}

/** A job that goes on or waits, with what can be done to it. */
export function JobProgress({ job, heardAt }: JobProgressProps) {
  const engine = useEngine()
  const isLost = useConnectionState().kind === 'lost'
  const isBehind = useIsBehind(heardAt)
  const [isAsking, setAsking] = useState(false)
  const act = useMutation(engine.jobs.act.mutationOptions({ onSuccess: () => setAsking(false) }))
  const { id, state, done, total } = job
  const isPaused = state === 'paused'
  const isUndo = job.kind === 'undo-user-ids'
  const share = total === 0 ? 100 : (done / total) * 100
  const rest = total - done
  return (
    <Panel title={isPaused ? 'Paused' : isUndo ? 'Giving old user IDs back' : 'Converting'}>
      <Stack gap="sm">
        <Progress.Root size="lg">
          <Progress.Section
            value={share}
            color={isPaused ? 'yellow' : undefined}
            aria-label={isUndo ? 'Given back so far' : 'Converted so far'}
            aria-valuetext={progressText(job)}
          />
        </Progress.Root>
        <Group justify="space-between" gap="xs">
          <Text size="sm" fw={600} className="tabular">
            {progressText(job)}
          </Text>
          <Text size="sm" c="dimmed" className="tabular">
            {pace(job, { isLost, isBehind })}
          </Text>
        </Group>
        <Text size="sm" className="tabular">
          {resultText(job)}
        </Text>
        {isBehind && (
          <Notice
            meaning="attention"
            title={isLost ? 'Not connected to Rollcall' : 'Connected again, and not heard of it yet'}
            isNew
          >
            This is how the job stood when it was last heard of. It goes on in the server, and after a restart of it.
          </Notice>
        )}
        <Problem error={isAsking ? null : act.error} />
        <Group gap="xs">
          {isPaused ? (
            <Button
              leftSection={<Play size={14} aria-hidden />}
              loading={act.isPending && !isAsking}
              onClick={firstClick(() => act.mutate({ id, act: 'resume' }))}
            >
              Resume
            </Button>
          ) : (
            <Button
              variant="default"
              leftSection={<Pause size={14} aria-hidden />}
              loading={act.isPending && !isAsking}
              onClick={firstClick(() => act.mutate({ id, act: 'pause' }))}
            >
              Pause
            </Button>
          )}
          <Button variant="default" leftSection={<X size={14} aria-hidden />} onClick={() => setAsking(true)}>
            Cancel the job
          </Button>
        </Group>
        <Text size="xs" c="dimmed">
          SCIM requests go on meanwhile. You may close this page: the server does the work.
        </Text>
        <ConfirmDialog
          isOpen={isAsking}
          onClose={() => setAsking(false)}
          title={`Cancel with ${numberText(done)} of ${numberText(total)} done?`}
          action="Cancel the job"
          isDangerous
          isBusy={act.isPending}
          error={act.variables?.act === 'cancel' ? act.error : null}
          onConfirm={() => act.mutate({ id, act: 'cancel' })}
        >
          {staysText(job)} The other {numberText(rest)} {rest === 1 ? 'stays as it is' : 'stay as they are'}.{' '}
          {isUndo ? 'What is left can be given back by another undo.' : 'What is done can be undone afterwards.'} To go
          on later, pause it instead.
        </ConfirmDialog>
      </Stack>
    </Panel>
  )
}
