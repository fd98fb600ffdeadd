import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { RequestContent } from '../../../../contract/request-detail.ts'
import type { RequestDetail } from '../../../../contract/requests.ts'
import { QueryView } from '../../../components/state/query-view.tsx'
import { useEngine } from '../../../rpc/engine.ts'
import { ChangeList } from './change-list.tsx'

interface ChangeTabProps {
  readonly request: RequestDetail
  readonly content: RequestContent
}

/** What a request changed, from the audit, which is kept longer than the log. */
export function ChangeTab({ request, content }: ChangeTabProps) {
  const engine = useEngine()
  const changes = useQuery(engine.requests.changes.queryOptions({ input: { id: request.id } }))
  return (
    <QueryView query={changes}>
      {(found) =>
        found.items.length === 0 ? (
          <Text size="sm" c="dimmed">
            {whyNothing(request)}
          </Text>
        ) : (
          <ChangeList changes={found} hasHappened created={resourceIn(content.responseBody?.text)} />
        )
      }
    </QueryView>
  )
}

function whyNothing({ method, status }: RequestDetail): string {
  if (status >= 400) return 'It was refused, so that it changed nothing.'
  if (method === 'GET' || method === 'HEAD') return 'It only read; it changed nothing.'
  return 'It asked for what was so already, or what it changed has been removed for good with its history.'
}

/** The resource in an answer; undefined for one that is no JSON. */
export function resourceIn(text: string | undefined): unknown {
  if (text === undefined) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined // cut, or not ours
  }
}
