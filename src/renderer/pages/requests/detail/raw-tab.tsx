import { Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { RequestContent } from '../../../../contract/request-detail.ts'
import type { RequestDetail } from '../../../../contract/requests.ts'
import { CopyButton } from '../../../components/file/copy-button.tsx'
import { Problem } from '../../../components/state/problem.tsx'
import { RedactedText } from '../../../components/viewer/redacted-text.tsx'
import { useEngine } from '../../../rpc/engine.ts'
import classes from './detail.module.css'
import { exchangeText } from './exchange-text.ts'

interface RawTabProps {
  readonly request: RequestDetail
  readonly content: RequestContent
}

/** The exchange as it went over the wire. */
export function RawTab({ request, content }: RawTabProps) {
  const engine = useEngine()
  const { id } = request
  const isMore = (body: RequestContent['requestBody']) => body !== null && !body.isWhole
  const sent = useQuery(
    engine.requests.body.queryOptions({
      input: { id, side: 'request' },
      enabled: isMore(content.requestBody),
      staleTime: Infinity,
    }),
  )
  const answered = useQuery(
    engine.requests.body.queryOptions({
      input: { id, side: 'response' },
      enabled: isMore(content.responseBody),
      staleTime: Infinity,
    }),
  )
  const text = exchangeText(request, content, {
    request: sent.data?.text ?? content.requestBody?.text,
    response: answered.data?.text ?? content.responseBody?.text,
  })
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          {request.isRedacted || text.includes('[redacted]')
            ? 'As it went over the wire, but for secrets, which are never stored.'
            : 'As it went over the wire.'}
        </Text>
        <CopyButton value={text} what="Exchange" isLabelled />
      </Group>
      <Problem error={sent.error ?? answered.error} />
      <pre className={classes['raw']} tabIndex={0} aria-label="The exchange">
        <RedactedText text={text} />
      </pre>
    </Stack>
  )
}
