import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { IntegrationStatus } from '../../contract/provisioning.ts'
import { useConnection, useEngine } from './engine.ts'
import { followStream } from './follow-stream.ts'
import { keepNewest } from './keep-newest.ts'

/** How every integration is, kept up as it changes. */
export function useStatuses(): UseQueryResult<IntegrationStatus[]> {
  const connection = useConnection()
  const engine = useEngine()
  const client = useQueryClient()

  useEffect(() => {
    const ended = new AbortController()
    void followStream<IntegrationStatus[]>({
      connection,
      from: null,
      signal: ended.signal,
      open: ({ subscription }, signal) => connection.engine.provisioning.watch({ subscription }, { signal }),
      onBatch({ items }) {
        const newest = items.at(-1)
        if (newest) keepNewest(client, engine.provisioning.list.queryKey(), newest)
      },
    })
    return () => ended.abort()
  }, [client, connection, engine])

  return useQuery(engine.provisioning.list.queryOptions())
}
