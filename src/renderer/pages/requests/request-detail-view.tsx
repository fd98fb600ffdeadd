import { Stack, Tabs, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { CircleCheck, CircleX, TriangleAlert } from 'lucide-react'
import type { RequestDetail, TraceStepView } from '../../../contract/requests.ts'
import { JsonViewer } from '../../components/json-viewer.tsx'
import { Nothing } from '../../components/nothing.tsx'
import { QueryView } from '../../components/query-view.tsx'
import { requestText } from '../../components/request-text.ts'
import { StatusCode } from '../../components/status-code.tsx'
import { durationText, exactTimeText } from '../../components/time-text.ts'
import { useEngine } from '../../rpc/engine.ts'
import { isNotFound } from '../../rpc/problem-of.ts'
import classes from './request-detail-view.module.css'

/** One request with its answer, and why it was answered so. */
export function RequestDetailView({ id }: { readonly id: string }) {
  const engine = useEngine()
  const number = Number(id)
  const query = useQuery(
    engine.requests.get.queryOptions({ input: { id: Number.isSafeInteger(number) ? number : id } }),
  )
  if (isNotFound(query.error))
    return (
      <Nothing why="empty" title="This request is not in the log">
        It may be older than what the log keeps.
      </Nothing>
    )
  return <QueryView query={query}>{(request) => <Detail request={request} />}</QueryView>
}

function Detail({ request }: { readonly request: RequestDetail }) {
  const { content } = request
  return (
    <Stack gap="sm">
      <div className={classes['summary']}>
        <StatusCode status={request.status} />
        <Text fw={500} className="breakable">
          {requestText(request)}
        </Text>
      </div>
      <Text size="sm" c="dimmed" className="breakable tabular">
        {request.method} {request.target} · {exactTimeText(request.at)} · {durationText(request.durationMicros)} · from{' '}
        {request.remoteAddress}
      </Text>
      {content === null ? (
        <Nothing why="empty" title="Its headers and bodies are gone" />
      ) : (
        <Tabs defaultValue="why" keepMounted={false}>
          <Tabs.List>
            <Tabs.Tab value="why">Why this answer</Tabs.Tab>
            <Tabs.Tab value="request">Request</Tabs.Tab>
            <Tabs.Tab value="response">Response</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="why" pt="sm">
            <Trace steps={content.trace} />
            {content.senderBecause !== null && (
              <Text size="sm" c="dimmed" mt="sm">
                {content.senderBecause}
              </Text>
            )}
          </Tabs.Panel>
          <Tabs.Panel value="request" pt="sm">
            <Message headers={content.requestHeaders} body={content.requestBody} label="Request body" />
          </Tabs.Panel>
          <Tabs.Panel value="response" pt="sm">
            <Message headers={content.responseHeaders} body={content.responseBody} label="Response body" />
          </Tabs.Panel>
        </Tabs>
      )}
    </Stack>
  )
}

const icons = { ok: CircleCheck, note: TriangleAlert, failed: CircleX } as const
const words = { ok: 'As expected', note: 'Note', failed: 'Failed' } as const

/** The steps that led to the answer, as sentences. */
function Trace({ steps }: { readonly steps: readonly TraceStepView[] }) {
  return (
    <ol className={classes['trace']}>
      {steps.map((step, n) => {
        const Icon = icons[step.kind]
        return (
          <li key={n} data-kind={step.kind}>
            <Icon size={15} aria-label={words[step.kind]} />
            <span className="breakable">{step.sentence}</span>
          </li>
        )
      })}
    </ol>
  )
}

interface MessageProps {
  readonly headers: readonly { readonly name: string; readonly value: string }[]
  readonly body: string | null
  readonly label: string
}

function Message({ headers, body, label }: MessageProps) {
  return (
    <Stack gap="sm">
      <dl className={classes['headers']}>
        {headers.map(({ name, value }, n) => (
          <div key={n}>
            <dt>{name}</dt>
            <dd className="breakable">{value}</dd>
          </div>
        ))}
      </dl>
      {body === null ? (
        <Text size="sm" c="dimmed">
          No body.
        </Text>
      ) : (
        <JsonViewer text={body} label={label} />
      )}
    </Stack>
  )
}
