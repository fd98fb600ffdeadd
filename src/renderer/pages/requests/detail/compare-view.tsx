import { Anchor, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import type { RequestContent } from '../../../../contract/request-detail.ts'
import type { RequestDetail } from '../../../../contract/requests.ts'
import { QueryView } from '../../../components/state/query-view.tsx'
import { requestText } from '../../../components/text/request-text.ts'
import { AnswerCode } from '../../../components/state/status-code.tsx'
import { durationText, exactTimeText } from '../../../components/text/time-text.ts'
import { useEngine } from '../../../rpc/engine.ts'
import { prettyText } from './pretty-text.ts'
import { queryOf } from './target-query.ts'
import { TextDiff } from './text-diff.tsx'

interface CompareViewProps {
  readonly one: number
  readonly other: number
  readonly hrefOf: (id: number) => string
}

/** Two exchanges compared, part by part: the earlier one is what it was before. */
export function CompareView({ one, other, hrefOf }: CompareViewProps) {
  const engine = useEngine()
  const [first, second] = one < other ? [one, other] : [other, one]
  const before = useQuery(engine.requests.get.queryOptions({ input: { id: first } }))
  const after = useQuery(engine.requests.get.queryOptions({ input: { id: second } }))
  return (
    <QueryView query={before}>
      {(earlier) => (
        <QueryView query={after}>{(later) => <Comparison earlier={earlier} later={later} hrefOf={hrefOf} />}</QueryView>
      )}
    </QueryView>
  )
}

interface ComparisonProps {
  readonly earlier: RequestDetail
  readonly later: RequestDetail
  readonly hrefOf: (id: number) => string
}

function Comparison({ earlier, later, hrefOf }: ComparisonProps) {
  const texts = (part: (request: RequestDetail) => string) => ({ before: part(earlier), after: part(later) })
  const content = (part: (each: RequestContent) => string) =>
    texts((request) => (request.content ? part(request.content) : ''))
  const headers = (list: RequestContent['requestHeaders']) =>
    list.map(({ name, value }) => `${name}: ${value}`).join('\n')
  const parts = [
    { title: 'Request', ...texts(({ method, target }) => targetText(method, target)) },
    { title: 'Request headers', ...content((each) => headers(each.requestHeaders)) },
    { title: 'Request body', ...content((each) => prettyText(each.requestBody?.text)) },
    { title: 'Why it was answered so', ...content((each) => each.trace.map(({ sentence }) => sentence).join('\n')) },
    { title: 'Response headers', ...content((each) => headers(each.responseHeaders)) },
    { title: 'Response body', ...content((each) => prettyText(each.responseBody?.text)) },
  ]
  return (
    <Stack gap="md">
      <Side sign="−" request={earlier} hrefOf={hrefOf} />
      <Side sign="+" request={later} hrefOf={hrefOf} />
      {parts.map(({ title, before, after }) => (
        <section key={title}>
          <Title order={3} mb={6}>
            {title}
          </Title>
          <TextDiff before={before} after={after} label={`${title} compared`} />
        </section>
      ))}
    </Stack>
  )
}

function targetText(method: string, target: string): string {
  const path = target.split('?', 1)[0] ?? ''
  return [`${method} ${path}`, ...queryOf(target).map(([name, value]) => `${name} = ${value}`)].join('\n')
}

interface SideProps {
  readonly sign: string
  readonly request: RequestDetail
  readonly hrefOf: (id: number) => string
}

function Side({ sign, request, hrefOf }: SideProps) {
  return (
    <Text size="sm" component="div" className="breakable">
      <strong aria-hidden>{sign}</strong>{' '}
      <Anchor component={Link} href={hrefOf(request.id)} inherit underline="always">
        Request {request.id}
      </Anchor>{' '}
      · <AnswerCode request={request} /> · {requestText(request)} · {exactTimeText(request.at)} ·{' '}
      {durationText(request.durationMicros)}
    </Text>
  )
}
