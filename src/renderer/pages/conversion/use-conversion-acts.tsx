import type { SpotlightActionData } from '@mantine/spotlight'
import { useMutation, useQuery } from '@tanstack/react-query'
import { AtSign, Pause, Play } from 'lucide-react'
import { useLocation } from 'wouter'
import { useEngine } from '../../rpc/engine.ts'
import { tellFailure } from '../../rpc/tell-failure.ts'
import { useDirectory } from '../directory/use-directory.ts'
import { jobTitle } from './job-text.ts'
import { hasEnded } from './use-job.ts'

const places = [
  { path: '/conversion', label: 'Convert user IDs to e-mail addresses', keywords: ['preview', 'short names'] },
  { path: '/conversion/preview/latest', label: 'Open the last preview of a conversion', keywords: ['conflicts'] },
  { path: '/conversion/jobs', label: 'See conversions and their undos', keywords: ['jobs', 'undo', 'pause', 'resume'] },
  { path: '/conversion/old-ids', label: 'Look somebody up by an old user ID', keywords: ['alias', 'mapping', 'sso'] },
] as const

const icon = { size: 16, 'aria-hidden': true } as const

/** What the palette offers about conversions; the one under way is paused and resumed from there. */
export function useConversionActs(): readonly SpotlightActionData[] {
  const engine = useEngine()
  const [, navigate] = useLocation()
  const { directory, to } = useDirectory()
  const jobs = useQuery(engine.jobs.list.queryOptions({ input: { directory, limit: 5 } }))
  const act = useMutation(engine.jobs.act.mutationOptions({ onError: (error) => tellFailure(error) }))
  const job = jobs.data?.find(({ state }) => !hasEnded(state))
  const isPaused = job?.state === 'paused'
  return [
    ...(job
      ? [
          {
            id: 'conversion-act',
            label: `${isPaused ? 'Resume' : 'Pause'} ${jobTitle(job).toLowerCase()}`,
            leftSection: isPaused ? <Play {...icon} /> : <Pause {...icon} />,
            onClick: () => {
              navigate(to(`/conversion/jobs/${job.id}`))
              act.mutate({ id: job.id, act: isPaused ? 'resume' : 'pause' })
            },
          },
        ]
      : []),
    ...places.map(({ path, label, keywords }) => ({
      id: `act-${path}`,
      label,
      keywords: [...keywords],
      leftSection: <AtSign {...icon} />,
      onClick: () => navigate(to(path)),
    })),
  ]
}
