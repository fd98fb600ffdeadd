import { Button, Stack } from '@mantine/core'
import { useEffect, useState } from 'react'
import { Link, Redirect, useLocation } from 'wouter'
import type { PreviewStanding } from '../../../contract/conversions.ts'
import type { JobDetail } from '../../../contract/jobs.ts'
import { Nothing } from '../../components/state/nothing.tsx'
import { PageHeader } from '../../components/page/page-header.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { StateBadge } from '../../components/state/state-badge.tsx'
import { TextLink } from '../../components/text/text-link.tsx'
import { isNotFound } from '../../rpc/problem-of.ts'
import { inDirectory, useDirectory } from '../directory/use-directory.ts'
import { ConversionSteps } from './conversion-steps.tsx'
import { JobProgress } from './job-progress.tsx'
import { JobRemarks } from './job-remarks.tsx'
import { JobResult } from './job-result.tsx'
import { jobStateText, jobTitle, resultText } from './job-text.ts'
import { PreviewOutcome } from './preview-outcome.tsx'
import { PreviewProgress } from './preview-progress.tsx'
import { hasEnded, useJob } from './use-job.ts'
import { usePreviewWork } from './use-preview-work.ts'
import { panelsWidth } from '../../components/page/widths.ts'

/** A conversion or an undo: while it runs, and what came of it. */
export function JobScreen({ id }: { readonly id: number }) {
  const query = useJob(id)
  const { directory, to } = useDirectory()
  const above = useAbove()
  if (isNotFound(query.error))
    return (
      <>
        <PageHeader title={`Job ${id}`} above={above} />
        <Nothing
          why="empty"
          title={`There is no job ${id}`}
          action={
            <Button component={Link} href={to('/conversion/jobs')} variant="default">
              See the jobs
            </Button>
          }
        />
      </>
    )
  return (
    <QueryView query={query} lines={8}>
      {(job) =>
        job.directory === directory ? (
          <JobView job={job} heardAt={query.dataUpdatedAt} />
        ) : (
          <Redirect to={inDirectory(`/conversion/jobs/${id}`, job.directory)} replace />
        )
      }
    </QueryView>
  )
}

function useAbove() {
  const { to } = useDirectory()
  return [
    { label: 'User IDs', path: to('/conversion') },
    { label: 'Jobs', path: to('/conversion/jobs') },
  ]
}

function JobView({ job, heardAt }: { readonly job: JobDetail; readonly heardAt: number }) {
  const [, navigate] = useLocation()
  const { directory, to } = useDirectory()
  const above = useAbove()
  const { standing, begun } = usePreviewWork(directory)
  const [awaited, setAwaited] = useState<string | null>(null)
  const isOver = hasEnded(job.state)
  const onBegun = (undo: PreviewStanding) => {
    setAwaited(undo.id)
    begun(undo)
  }
  const isLooking = standing?.state === 'working' && standing.undoes === job.id
  if (isLooking && standing.id !== awaited) setAwaited(standing.id)
  const made = standing && standing.id === awaited && standing.state === 'done' ? standing.plan : null
  const next = made === null ? null : to(`/conversion/preview/${made}`)

  useEffect(() => {
    if (next !== null) navigate(next)
  }, [navigate, next])

  return (
    <>
      <PageHeader
        title={jobTitle(job)}
        above={above}
        state={<StateBadge {...jobStateText(job)} />}
        description={
          job.undoes !== null ? (
            <>
              Takes <TextLink href={to(`/conversion/jobs/${job.undoes}`)}>conversion {job.undoes}</TextLink> back.
            </>
          ) : job.plan !== null ? (
            <TextLink href={to(`/conversion/preview/${job.plan}`)}>See its preview</TextLink>
          ) : undefined
        }
      />
      <ConversionSteps current={isOver ? 'result' : 'run'} />
      <p role="status" className="unseen">
        {isOver ? `${jobTitle(job)}: ${jobStateText(job).word}. ${resultText(job)}` : ''}
      </p>
      <Stack gap="md" maw={panelsWidth}>
        {isLooking && <PreviewProgress standing={standing} />}
        {!isLooking && standing && awaited !== null && <PreviewOutcome standing={standing} awaited={awaited} />}
        {isOver ? <JobResult job={job} onUndoBegun={onBegun} /> : <JobProgress job={job} heardAt={heardAt} />}
        {isOver && <JobRemarks job={job} />}
      </Stack>
    </>
  )
}
