import type { Request } from '../../../contract/requests.ts'
import { answerMeaning, bulkRemark, statusMeaning } from '../text/request-text.ts'
import { StateBadge } from './state-badge.tsx'

/** An HTTP status with its meaning. */
export function StatusCode({ status }: { readonly status: number }) {
  return status === 0 ? <>–</> : <StateBadge meaning={statusMeaning(status)} word={String(status)} />
}

interface AnswerCodeProps {
  readonly request: Pick<Request, 'status' | 'classification'>
  /** Where there is no room for words, as in a table whose row has them elsewhere. */
  readonly isShort?: boolean
}

/** How a request was answered: its status, and of a bulk request how many operations failed: "200 · 2 of 5 failed". */
export function AnswerCode({ request, isShort = false }: AnswerCodeProps) {
  const remark = bulkRemark(request)
  if (remark === undefined) return <StatusCode status={request.status} />
  return (
    <span title={isShort ? remark : undefined}>
      <StateBadge
        meaning={answerMeaning(request)}
        word={isShort ? String(request.status) : `${request.status} · ${remark}`}
      />
    </span>
  )
}
