import { Text } from '@mantine/core'
import { requestText } from '../../components/text/request-text.ts'
import { TextLink } from '../../components/text/text-link.tsx'
import { pastTimeText } from '../../components/text/time-text.ts'
import { useLiveRequests } from '../../rpc/use-live-requests.ts'

/** Whoever came before that has most likely come for something else. */
const lately = 15 * 60_000

/** Somebody has reached the endpoint, and no request came of it: most often because of TLS. Nothing where nobody has. */
export function BrokenOff({ now }: { readonly now: number }) {
  const { items } = useLiveRequests([{ field: 'op', value: '(no request)', isExcluded: false }], 1)
  const [latest] = items
  if (latest === undefined || now - latest.at > lately) return undefined
  const { id, at, remoteAddress } = latest
  return (
    <Text size="sm">
      Somebody came{remoteAddress === '' ? '' : ` from ${remoteAddress}`} {pastTimeText(at, now)}, and no request could
      be read: <TextLink href={`/requests/${id}`}>{requestText(latest)}</TextLink>.
    </Text>
  )
}
