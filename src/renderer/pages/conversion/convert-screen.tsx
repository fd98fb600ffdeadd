import { Button, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import type { Plan, PreviewStanding } from '../../../contract/conversions.ts'
import type { Job } from '../../../contract/jobs.ts'
import { useUnsaved } from '../../components/form/use-unsaved.ts'
import { numberText } from '../../components/text/amount-text.ts'
import { Notice } from '../../components/state/notice.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { RelativeTime } from '../../components/text/relative-time.tsx'
import { TextLink } from '../../components/text/text-link.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { useDirectory } from '../directory/use-directory.ts'
import { ConversionSteps } from './conversion-steps.tsx'
import { ConversionTabs } from './conversion-tabs.tsx'
import { jobStateText, jobTitle, progressText } from './job-text.ts'
import { OptionsForm } from './options-form.tsx'
import { changing } from './outcome-text.ts'
import { PreviewOutcome } from './preview-outcome.tsx'
import { PreviewProgress } from './preview-progress.tsx'
import { hasEnded } from './use-job.ts'
import { usePreviewWork } from './use-preview-work.ts'
import { formWidth } from '../../components/page/widths.ts'

function JobNotice({ job }: { readonly job: Job }) {
  const { to } = useDirectory()
  return (
    <Notice
      meaning={job.state === 'paused' ? 'attention' : 'information'}
      title={`${jobTitle(job)} is ${jobStateText(job).word.toLowerCase()}`}
    >
      {progressText(job)} done. One conversion goes on at a time.{' '}
      <TextLink href={to(`/conversion/jobs/${job.id}`)}>See how it goes on</TextLink>
    </Notice>
  )
}

function LatestNotice({ plan }: { readonly plan: Plan }) {
  const { to } = useDirectory()
  return (
    <Notice meaning="information" title="There is a preview">
      {numberText(changing(plan.counts))} of {numberText(plan.total)} would change; made{' '}
      <RelativeTime at={plan.createdAt} isPast />
      {plan.decisions > 0 && `, with ${numberText(plan.decisions)} of your decisions in it`}.{' '}
      <TextLink href={to(`/conversion/preview/${plan.id}`)}>Go on with it</TextLink>, or make another one below, which
      takes its place.
    </Notice>
  )
}

const leaveQuestion = {
  title: 'Leave without a preview?',
  text: 'What you put in is in no preview yet, and would be lost.',
}

/** The options, or the preview that is being made by them. */
export function ConvertScreen() {
  const engine = useEngine()
  const [, navigate] = useLocation()
  const { directory, to } = useDirectory()
  const { standing, begun } = usePreviewWork(directory)
  const [awaited, setAwaited] = useState<string | null>(null)
  const [isChanged, setChanged] = useState(false)
  const latest = useQuery(engine.conversions.latest.queryOptions({ input: { directory } }))
  const jobs = useQuery(engine.jobs.list.queryOptions({ input: { directory, limit: 10 } }))
  const unfinished = jobs.data?.find(({ state }) => !hasEnded(state))

  const onBegun = (preview: PreviewStanding) => {
    setAwaited(preview.id)
    begun(preview)
  }
  // One that was under way when the screen was opened is waited for as well; one that somebody else begins takes no options away.
  const isUnderWay = standing?.state === 'working' && (standing.id === awaited || !isChanged)
  if (isUnderWay && standing.id !== awaited) setAwaited(standing.id)
  const made = standing && standing.id === awaited && standing.state === 'done' ? standing.plan : null
  const next = made === null ? null : to(`/conversion/preview/${made}`)
  useUnsaved(isChanged && !isUnderWay && made === null, leaveQuestion)

  useEffect(() => {
    if (next !== null) navigate(next)
  }, [navigate, next])

  const latestMade = standing?.state === 'done' ? standing.plan : null
  const { refetch } = latest
  useEffect(() => {
    if (latestMade !== null) void refetch()
  }, [refetch, latestMade])

  return (
    <>
      <ConversionTabs current="/conversion" />
      <ConversionSteps current={isUnderWay ? 'preview' : 'options'} />
      <Stack gap="md" maw={formWidth}>
        {unfinished && <JobNotice job={unfinished} />}
        {isUnderWay && <PreviewProgress standing={standing} />}
        {/* It keeps what was put in until there is a preview of it. */}
        <Stack gap="md" display={isUnderWay ? 'none' : undefined}>
          {standing && awaited !== null && <PreviewOutcome standing={standing} awaited={awaited} />}
          <QueryView query={latest} lines={10}>
            {(plan) => (
              <>
                {plan && plan.job === null && !unfinished && <LatestNotice plan={plan} />}
                {standing?.state === 'working' && !isUnderWay && (
                  <Notice
                    meaning="information"
                    title="Somebody else is having a preview made"
                    isNew
                    action={
                      <Button variant="default" onClick={() => setAwaited(standing.id)}>
                        Drop mine, wait for that one
                      </Button>
                    }
                  >
                    What you have put in still stands here. One preview is made at a time; yours takes the place of the
                    other when you make it.
                  </Notice>
                )}
                <OptionsForm options={plan?.options ?? null} onBegun={onBegun} onChanged={setChanged} />
              </>
            )}
          </QueryView>
        </Stack>
      </Stack>
    </>
  )
}
