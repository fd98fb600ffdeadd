import { Button, Skeleton, Stack } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Disconnected } from '../../rpc/connection.ts'
import { Nothing } from './nothing.tsx'
import { Problem } from './problem.tsx'

interface QueryViewProps<Data> {
  readonly query: UseQueryResult<Data>
  /** How many lines stand there while it loads. */
  readonly lines?: number
  readonly children: (data: Data) => ReactNode
}

/** What a query gives: its lines while it loads, its problem with a way to try again, or what it found. Old data stays while it is asked again. */
export function QueryView<Data>({ query, lines = 3, children }: QueryViewProps<Data>) {
  if (query.data !== undefined) return <>{children(query.data)}</>
  if (query.error instanceof Disconnected)
    return (
      <Nothing
        why="disconnected"
        title="Not connected to Rollcall"
        action={
          <Button variant="default" onClick={() => void query.refetch()}>
            Try now
          </Button>
        }
      >
        Look whether it is running. What belongs here appears as soon as the connection is back.
      </Nothing>
    )
  if (query.isError) return <Problem error={query.error} onRetry={() => void query.refetch()} />
  return (
    <Stack gap="xs" p="md" role="status" aria-busy="true" aria-label="Loading">
      {Array.from({ length: lines }, (_, n) => (
        <Skeleton key={n} height={14} width={`${90 - ((n * 17) % 50)}%`} />
      ))}
    </Stack>
  )
}
