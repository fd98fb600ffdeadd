import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { RequestTerm } from '../../../contract/request-filter.ts'
import { useEngine } from '../../rpc/engine.ts'
import { countText, withArrived } from './count-text.ts'
import type { RequestLog } from './log/request-log.ts'
import { useLogView } from './log/use-request-log.ts'

interface RequestCountProps {
  readonly log: RequestLog
  readonly filter: readonly RequestTerm[]
}

/** How many requests the log has, and how many of them match; what comes between two countings is added. */
export function RequestCount({ log, filter }: RequestCountProps) {
  const engine = useEngine()
  const view = useLogView(log)
  const arrived = view.arrived + (view.held ?? 0)
  const counted = useQuery(
    engine.requests.count.queryOptions({
      input: { filter: [...filter] },
      placeholderData: keepPreviousData,
      refetchInterval: 10_000,
    }),
  ).data
  const [known, setKnown] = useState({ counted, arrived })
  if (known.counted !== counted) setKnown({ counted, arrived })
  // A search in texts is not counted; but when it has come to its end and found nothing, that is known.
  const isNothing = view.isComplete && view.end === view.first
  const since = known.counted === counted ? Math.max(0, arrived - known.arrived) : 0
  const countedAll = counted && withArrived(isNothing ? { ...counted, count: 0, isExact: true } : counted, since)
  return <span className="tabular">{countText(countedAll, filter.length > 0)}</span>
}
