import { Button, Group, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Play, Undo2 } from 'lucide-react'
import type { PreviewStanding } from '../../../contract/conversions.ts'
import type { Job, JobDetail } from '../../../contract/jobs.ts'
import { amountText, numberText } from '../../components/text/amount-text.ts'
import { Facts } from '../../components/viewer/facts.tsx'
import { Notice } from '../../components/state/notice.tsx'
import { Panel } from '../../components/page/panel.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { RelativeTime } from '../../components/text/relative-time.tsx'
import { TextLink } from '../../components/text/text-link.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { useDirectory } from '../directory/use-directory.ts'
import { changedBy, resultText, staysText } from './job-text.ts'
import { outcomesOf } from './outcome-text.ts'
import { SaveMappingButton } from './save-mapping-button.tsx'

interface JobResultProps {
  readonly job: JobDetail
  readonly onUndoBegun: (standing: PreviewStanding) => void
}

/** What came of a job, and what can be done next. */
export function JobResult({ job, onUndoBegun }: JobResultProps) {
  const engine = useEngine()
  const { directory, to } = useDirectory()
  const resume = useMutation(engine.jobs.act.mutationOptions())
  const undo = useMutation(engine.conversions.beginUndoPreview.mutationOptions({ onSuccess: onUndoBegun }))
  const isConversion = job.kind === 'convert-user-ids'
  const rest = job.total - job.done
  return (
    <Panel title="Result">
      <Stack gap="md">
        {job.state === 'cancelled' && (
          <Notice
            meaning="information"
            title={`Cancelled with ${numberText(job.done)} of ${numberText(job.total)} done`}
          >
            {changedBy(job) === 0 ? 'Nothing was changed.' : `What was done stays done. ${staysText(job)}`}{' '}
            {rest > 0 && `${amountText(rest, 'was', 'were')} not reached.`}
          </Notice>
        )}
        {job.state === 'failed' && (
          <Notice
            meaning="failure"
            title={`It stopped with ${numberText(job.done)} of ${numberText(job.total)} done`}
            action={
              <Button
                variant="default"
                leftSection={<Play size={14} aria-hidden />}
                loading={resume.isPending}
                onClick={() => resume.mutate({ id: job.id, act: 'resume' })}
              >
                Resume where it stopped
              </Button>
            }
          >
            {job.problem}
          </Notice>
        )}
        <Problem error={resume.error} />
        <Facts
          facts={[
            ['Outcome', <strong key="result">{resultText(job)}</strong>],
            ...leftByPreview(job),
            ['Started', <RelativeTime key="started" at={job.startedAt} never="never" isPast />],
            ['Ended', <RelativeTime key="ended" at={job.endedAt} isPast />],
            ['By', job.actor],
          ]}
        />
        {isConversion && job.undoable > 0 && (
          <Stack gap={6}>
            <Group gap="xs">
              <SaveMappingButton job={job.id} />
              <Button
                variant="default"
                leftSection={<Undo2 size={14} aria-hidden />}
                loading={undo.isPending}
                onClick={() => undo.mutate({ directory, job: job.id })}
              >
                Preview the undo
              </Button>
            </Group>
            <Text size="xs" c="dimmed">
              {amountText(job.undoable, 'old user ID')} can be given back. The preview of the undo says whom it would
              leave; nothing is changed by it.
            </Text>
          </Stack>
        )}
        {isConversion && job.undoable === 0 && changedBy(job) > 0 && (
          <Text size="sm" c="dimmed">
            What it changed has been taken back. <TextLink href={to('/conversion/jobs')}>See the jobs</TextLink>
          </Text>
        )}
        <Problem error={undo.error} title="The undo cannot be looked at." />
      </Stack>
    </Panel>
  )
}

function leftByPreview({ planned, kind }: Job): readonly (readonly [string, string])[] {
  if (planned === null) return []
  const left = outcomesOf({ undoes: kind === 'undo-user-ids' ? 0 : null, counts: planned })
    .filter(({ outcome }) => !['converts', 'merges', 'already'].includes(outcome) && planned[outcome] > 0)
    .map(({ outcome, counted }) => `${numberText(planned[outcome])} ${counted}`)
  return left.length === 0 ? [] : [['Left by the preview', left.join(', ')]]
}
