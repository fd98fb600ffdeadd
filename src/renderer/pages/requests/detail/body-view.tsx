import { Button, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { BodyPart } from '../../../../contract/request-detail.ts'
import type { Request } from '../../../../contract/requests.ts'
import { numberText } from '../../../components/text/amount-text.ts'
import { JsonViewer } from '../../../components/viewer/json-viewer.tsx'
import { Problem } from '../../../components/state/problem.tsx'
import { useEngine } from '../../../rpc/engine.ts'

interface BodyViewProps {
  readonly id: number
  readonly side: 'request' | 'response'
  readonly body: BodyPart | null
  readonly state: Request['requestBodyState']
}

const remarks = {
  whole: undefined,
  cut: 'The log keeps the first 256 KiB of a body; the rest is gone.',
  withheld: 'The log did not keep this body: it mentioned a secret and was no JSON.',
  dropped: 'The log did not keep this body: too many requests came at once.',
} as const

/** A body; of a large one the beginning, and the rest when it is asked for. */
export function BodyView({ id, side, body, state }: BodyViewProps) {
  const engine = useEngine()
  const whole = useQuery(
    engine.requests.body.queryOptions({ input: { id, side }, enabled: false, staleTime: Infinity }),
  )
  const label = side === 'request' ? 'Request body' : 'Response body'
  const remark = remarks[state]
  const text = whole.data?.text ?? body?.text
  return (
    <Stack gap="xs">
      {text === undefined || text === '' ? (
        remark === undefined && (
          <Text size="sm" c="dimmed">
            No body.
          </Text>
        )
      ) : (
        <JsonViewer text={text} label={label} />
      )}
      {body !== null && !body.isWhole && whole.data === undefined && (
        <Button variant="default" w="fit-content" loading={whole.isFetching} onClick={() => void whole.refetch()}>
          Show all {numberText(body.characters)} characters
        </Button>
      )}
      <Problem error={whole.error} />
      {remark !== undefined && (
        <Text size="sm" c="dimmed">
          {remark}
        </Text>
      )}
    </Stack>
  )
}
