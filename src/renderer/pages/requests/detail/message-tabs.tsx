import { Stack, Title } from '@mantine/core'
import type { RequestContent } from '../../../../contract/request-detail.ts'
import type { RequestDetail } from '../../../../contract/requests.ts'
import { CopyField } from '../../../components/file/copy-field.tsx'
import { Facts } from '../../../components/viewer/facts.tsx'
import { Nothing } from '../../../components/state/nothing.tsx'
import { RedactedText } from '../../../components/viewer/redacted-text.tsx'
import { isRead } from '../../../components/text/request-text.ts'
import { BodyView } from './body-view.tsx'
import { HeaderList } from './header-list.tsx'
import { queryOf } from './target-query.ts'

interface MessageTabProps {
  readonly request: RequestDetail
  readonly content: RequestContent
}

/** What was sent: address, parameters in clear, headers and body. */
export function RequestTab({ request, content }: MessageTabProps) {
  if (!isRead(request))
    return (
      <Nothing why="empty" title="No request that could be read">
        What came on the connection is not kept: it may hold secrets that nobody can tell from the rest.
      </Nothing>
    )
  return <ReadRequest request={request} content={content} />
}

function ReadRequest({ request, content }: MessageTabProps) {
  const query = queryOf(request.target)
  return (
    <Stack gap="md">
      <CopyField label={request.method} value={request.target} />
      {query.length > 0 && (
        <Stack gap={6}>
          <Title order={3}>Parameters</Title>
          <Facts facts={query.map(([name, value]) => [name, <RedactedText key={name} text={value} />])} />
        </Stack>
      )}
      <Stack gap={6}>
        <Title order={3}>Headers</Title>
        <HeaderList label="Request headers" headers={content.requestHeaders} />
      </Stack>
      <Stack gap={6}>
        <Title order={3}>Body</Title>
        <BodyView id={request.id} side="request" body={content.requestBody} state={request.requestBodyState} />
      </Stack>
    </Stack>
  )
}

/** What was answered. */
export function ResponseTab({ request, content }: MessageTabProps) {
  if (request.status === 0)
    return (
      <Nothing why="empty" title="No answer">
        Nothing could be answered to this; “Why this answer” says what came.
      </Nothing>
    )
  return (
    <Stack gap="md">
      <Stack gap={6}>
        <Title order={3}>Headers</Title>
        <HeaderList label="Response headers" headers={content.responseHeaders} />
      </Stack>
      <Stack gap={6}>
        <Title order={3}>Body</Title>
        <BodyView id={request.id} side="response" body={content.responseBody} state={request.responseBodyState} />
      </Stack>
    </Stack>
  )
}
