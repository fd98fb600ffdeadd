import type { QueryClient, QueryKey } from '@tanstack/react-query'

/**
 * Takes over what a stream tells in the place of what a query has found. An answer that the query still waits for is dropped: it was given
 * to an earlier question and may be older.
 */
export function keepNewest(client: QueryClient, queryKey: QueryKey, newest: unknown): void {
  client.setQueryData(queryKey, newest)
  void client.cancelQueries({ queryKey, exact: true })
}
