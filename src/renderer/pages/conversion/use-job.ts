import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { JobDetail, JobState } from '../../../contract/jobs.ts'
import { followStream } from '../../rpc/follow-stream.ts'
import { useConnection, useEngine } from '../../rpc/engine.ts'
import { keepNewest } from '../../rpc/keep-newest.ts'

/** Whether a job has come to an end; a failed one can be resumed all the same. */
export function hasEnded(state: JobState): boolean {
  return state === 'done' || state === 'cancelled' || state === 'failed'
}

/** A job, kept up with while it goes on. */
export function useJob(id: number) {
  const engine = useEngine()
  const connection = useConnection()
  const client = useQueryClient()
  const query = useQuery(engine.jobs.get.queryOptions({ input: { id } }))
  const isFollowed = query.data !== undefined && !hasEnded(query.data.state)

  useEffect(() => {
    if (!isFollowed) return undefined
    const ended = new AbortController()
    void followStream<JobDetail>({
      connection,
      from: null,
      signal: ended.signal,
      open: ({ subscription }, signal) => connection.engine.jobs.follow({ id, subscription }, { signal }),
      onBatch({ items }) {
        const job = items.at(-1)
        if (!job) return
        keepNewest(client, engine.jobs.get.queryKey({ input: { id } }), job)
        if (hasEnded(job.state)) void client.invalidateQueries()
      },
    })
    return () => ended.abort()
  }, [client, connection, engine, id, isFollowed])

  return query
}
