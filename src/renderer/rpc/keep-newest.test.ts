import { QueryClient } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { keepNewest } from './keep-newest.ts'

test('an answer that comes after what a stream has told is dropped, and the next question is answered', async () => {
  const client = new QueryClient()
  const queryKey = ['job']
  const late = Promise.withResolvers<number>()
  const asked = client.fetchQuery({ queryKey, queryFn: () => late.promise })
  keepNewest(client, queryKey, 2)
  late.resolve(1)
  expect(await asked).toBe(2)
  expect(client.getQueryState(queryKey)).toMatchObject({ data: 2, status: 'success', fetchStatus: 'idle' })
  expect(await client.fetchQuery({ queryKey, queryFn: () => 3 })).toBe(3)
})
