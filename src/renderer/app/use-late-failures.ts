import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { tellFailure } from '../rpc/tell-failure.ts'

/** Tells of what failed after the screen on which it was begun, and which would have said so, was left; under the name of that screen. */
export function useLateFailures(): void {
  const client = useQueryClient()
  useEffect(() => {
    const begunOn = new WeakMap<object, string>()
    const left = new WeakSet<object>()
    const stopListening = client.getMutationCache().subscribe((event) => {
      if (event.type === 'added') begunOn.set(event.mutation, document.title.replace(/ · Rollcall$/, ''))
      else if (event.type === 'observerRemoved' && event.mutation.state.status === 'pending') left.add(event.mutation)
      else if (event.type === 'updated' && event.action.type === 'error' && left.has(event.mutation))
        tellFailure(event.action.error, begunOn.get(event.mutation))
    })
    return () => {
      stopListening()
      // Whoever signs in next is not to read them.
      notifications.clean()
    }
  }, [client])
}
