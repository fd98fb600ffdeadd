import { useEffect, useReducer } from 'react'
import type { RequestTerm } from '../../contract/request-filter.ts'
import type { Request } from '../../contract/requests.ts'
import { unreachable } from '../unreachable.ts'
import { useConnection } from './engine.ts'
import { followStream } from './follow-stream.ts'

interface LiveRequests {
  /** Newest first. */
  readonly items: readonly Request[]
  readonly isLoading: boolean
  /** How many have come since the first were read. */
  readonly arrived: number
}

type Step =
  | { readonly kind: 'reset' }
  | { readonly kind: 'first'; readonly items: readonly Request[] }
  | { readonly kind: 'more'; readonly items: readonly Request[]; readonly limit: number }

function reduce(state: LiveRequests, step: Step): LiveRequests {
  switch (step.kind) {
    case 'reset':
      return { items: [], isLoading: true, arrived: 0 }
    case 'first':
      return { items: step.items, isLoading: false, arrived: 0 }
    case 'more': {
      const known = new Set(state.items.map((each) => each.id))
      const fresh = step.items.filter((each) => !known.has(each.id)).toReversed()
      return {
        items: [...fresh, ...state.items].slice(0, step.limit),
        isLoading: false,
        arrived: state.arrived + fresh.length,
      }
    }
    default:
      return unreachable(step)
  }
}

/** The newest requests that match, and each further one as it comes; at most `limit` of them. For short lists: the whole log has more to it. */
export function useLiveRequests(filter: readonly RequestTerm[], limit: number): LiveRequests {
  const connection = useConnection()
  const [state, dispatch] = useReducer(reduce, { items: [], isLoading: true, arrived: 0 })
  const key = JSON.stringify(filter)

  useEffect(() => {
    const ended = new AbortController()
    const { signal } = ended
    const terms: RequestTerm[] = JSON.parse(key)
    dispatch({ kind: 'reset' })

    async function run(): Promise<void> {
      const { items } = await connection.engine.requests.page({ filter: terms, limit }, { signal })
      if (signal.aborted) return
      dispatch({ kind: 'first', items })
      await followStream<Request>({
        connection,
        from: items[0]?.id ?? 0,
        signal,
        open: (where, ending) => connection.engine.requests.follow({ ...where, filter: terms }, { signal: ending }),
        onBatch: (batch) => dispatch({ kind: 'more', items: batch.items, limit }),
      })
    }

    async function keepTrying(): Promise<void> {
      while (!signal.aborted) {
        try {
          return await run()
        } catch {
          // The connection was lost before the first page had come; what is shown is still empty.
          await connection.untilOpen(signal)
          await new Promise((resolve) => setTimeout(resolve, 1000))
        }
      }
    }

    void keepTrying()
    return () => ended.abort()
  }, [connection, key, limit])

  return state
}
