import { Anchor } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import type { RequestTiming } from '../../../../contract/request-timing.ts'
import type { RequestDetail } from '../../../../contract/requests.ts'
import { amountText, bytesText } from '../../../components/text/amount-text.ts'
import { Facts } from '../../../components/viewer/facts.tsx'
import { QueryView } from '../../../components/state/query-view.tsx'
import { RelativeTime } from '../../../components/text/relative-time.tsx'
import { durationText, exactTimeText } from '../../../components/text/time-text.ts'
import { useEngine } from '../../../rpc/engine.ts'

interface TimingTabProps {
  readonly request: RequestDetail
  readonly hrefOf: (id: number) => string
}

/** When it came, how long the answer took, and how that compares. */
export function TimingTab({ request, hrefOf }: TimingTabProps) {
  const engine = useEngine()
  const timing = useQuery(engine.requests.timing.queryOptions({ input: { id: request.id } }))
  return (
    <QueryView query={timing}>
      {({ before, alike }) => (
        <Facts
          facts={[
            [
              'Arrived',
              <>
                {exactTimeText(request.at)} · <RelativeTime at={request.at} isPast />
              </>,
            ],
            ['In UTC', new Date(request.at).toISOString()],
            ['Answered after', durationText(request.durationMicros)],
            ['Compared', comparison(request, alike)],
            [
              'The one before',
              before ? <Before key="before" request={request} before={before} hrefOf={hrefOf} /> : '–',
            ],
            ['Sent', bytesText(request.requestBytes)],
            ['Answered', bytesText(request.responseBytes)],
          ]}
        />
      )}
    </QueryView>
  )
}

function comparison({ durationMicros, classification }: RequestDetail, alike: RequestTiming['alike']): string {
  if (!alike) return 'No other request of this kind is near it in the log.'
  const { count, medianMicros, p95Micros, longestMicros } = alike
  const verdict =
    durationMicros > p95Micros ? 'slower than most' : durationMicros > medianMicros ? 'as usual' : 'faster than most'
  return `${verdict}: ${amountText(count, 'request')} of the kind “${classification}” took ${durationText(medianMicros)} in the middle, ${durationText(p95Micros)} or less in 95 of 100 cases, ${durationText(longestMicros)} at most`
}

interface BeforeProps extends TimingTabProps {
  readonly before: NonNullable<RequestTiming['before']>
}

function Before({ request, before, hrefOf }: BeforeProps) {
  // The one before may still have been under way.
  const gap = request.at - before.at
  return (
    <>
      <Anchor component={Link} href={hrefOf(before.id)} inherit underline="always">
        Request {before.id}
      </Anchor>{' '}
      of the same integration ({before.classification}) came{' '}
      {gap === 0 ? 'less than 1 ms' : durationText(Math.abs(gap) * 1000)}{' '}
      {gap < 0 ? 'later, and was answered first' : 'earlier'}
    </>
  )
}
