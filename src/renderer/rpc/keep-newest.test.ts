import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { keepNewest } from './keep-newest.ts'

const queryKey = ['job']

test('an answer that comes after what a stream has told is dropped, and the next question is answered', async () => {
  const client = new QueryClient()
  const answers = [Promise.withResolvers<number>(), Promise.withResolvers<number>()]
  let asked = 0
  const observer = new QueryObserver(client, {
    queryKey,
    queryFn: () => answers[asked++]?.promise ?? Promise.reject(new Error('asked too often')),
  })
  const shown: (number | undefined)[] = []
  const stop = observer.subscribe(({ data }) => void (shown.at(-1) === data || shown.push(data)))
  keepNewest(client, queryKey, 2)
  answers[0]?.resolve(1)
  await answers[0]?.promise
  await new Promise(setImmediate)
  expect(client.getQueryState(queryKey)).toMatchObject({ data: 2, status: 'success', fetchStatus: 'idle' })

  const again = client.invalidateQueries()
  answers[1]?.resolve(3)
  await again
  stop()
  expect(shown).toEqual([2, 3])
})
