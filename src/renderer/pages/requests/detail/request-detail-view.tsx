import { Stack, Tabs, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { RequestDetail } from '../../../../contract/requests.ts'
import { Nothing } from '../../../components/state/nothing.tsx'
import { QueryView } from '../../../components/state/query-view.tsx'
import { isRead, requestText } from '../../../components/text/request-text.ts'
import { AnswerCode } from '../../../components/state/status-code.tsx'
import { durationText, exactTimeText } from '../../../components/text/time-text.ts'
import { useEngine } from '../../../rpc/engine.ts'
import { isNotFound } from '../../../rpc/problem-of.ts'
import type { RequestActions } from '../use-request-actions.ts'
import { ChangeTab } from './change-tab.tsx'
import { DetailToolbar } from './detail-toolbar.tsx'
import { detailTabs, type DetailTab } from './detail-tabs.ts'
import { showMoreSideways } from '../../../components/table/show-more-sideways.ts'
import classes from './detail.module.css'
import { ExplanationPanel } from './explanation-panel.tsx'
import { RequestTab, ResponseTab } from './message-tabs.tsx'
import { RawTab } from './raw-tab.tsx'
import { ReplayTab } from './replay-tab.tsx'
import { TimingTab } from './timing-tab.tsx'
import { Trace } from './trace.tsx'

interface RequestDetailViewProps {
  /** Its number, or its X-Request-Id. */
  readonly id: string
  readonly tab: DetailTab
  readonly onTab: (tab: DetailTab) => void
  readonly hrefOf: (id: number | string) => string
  readonly actions: RequestActions
}

/** One request with its answer, and why it was answered so. */
export function RequestDetailView({ id, ...rest }: RequestDetailViewProps) {
  const engine = useEngine()
  const number = Number(id)
  const query = useQuery(
    engine.requests.get.queryOptions({ input: { id: Number.isSafeInteger(number) && number > 0 ? number : id } }),
  )
  if (isNotFound(query.error) && query.data === undefined)
    return (
      <Nothing why="empty" title="This request is not in the log">
        It may be older than what the log keeps. What somebody wants to keep can be pinned.
      </Nothing>
    )
  return <QueryView query={query}>{(request) => <Detail request={request} {...rest} />}</QueryView>
}

interface DetailProps extends Omit<RequestDetailViewProps, 'id'> {
  readonly request: RequestDetail
}

function Detail({ request, tab, onTab, hrefOf, actions }: DetailProps) {
  const { content } = request
  return (
    <Stack gap="sm">
      <div className={classes['summary']}>
        <AnswerCode request={request} />
        <Text fw={500} className="breakable">
          {requestText(request)}
        </Text>
      </div>
      <Text size="sm" c="dimmed" className="breakable tabular">
        {isRead(request) && `${request.method} ${request.target} · `}
        {exactTimeText(request.at)} · {request.status === 0 ? 'not answered' : durationText(request.durationMicros)} ·
        from {request.remoteAddress === '' ? 'an unknown address' : request.remoteAddress}
      </Text>
      <DetailToolbar request={request} actions={actions} onReplay={() => onTab('replay')} />
      {request.isOnlyPinned && (
        <Text size="sm" c="dimmed">
          It is older than what the log keeps, and is here for its pin alone: unpinned, it is gone.
        </Text>
      )}
      {content === null ? (
        <Nothing why="empty" title="Its headers and bodies are gone">
          The part of the log that held them is damaged. Everything that is known of it stands above.
        </Nothing>
      ) : (
        <Tabs
          value={tab}
          onChange={(next) => onTab(detailTabs.find(({ id }) => id === next)?.id ?? 'why')}
          keepMounted={false}
        >
          <Tabs.List ref={showMoreSideways} className={classes['tabs'] ?? ''}>
            {detailTabs
              .filter(({ id }) => id !== 'replay' || tab === 'replay')
              .map(({ id, label }) => (
                <Tabs.Tab key={id} value={id} ref={id === tab ? intoSight : undefined}>
                  {label}
                </Tabs.Tab>
              ))}
          </Tabs.List>
          <Tabs.Panel value="why" pt="sm">
            <Stack gap="md">
              {request.explanation !== null && (
                <ExplanationPanel
                  explanation={request.explanation}
                  status={request.status}
                  integration={request.integration ?? slugIn(request.target)}
                  request={request}
                />
              )}
              <Trace trace={content.trace} />
              {content.senderBecause !== null && (
                <Text size="sm" c="dimmed">
                  {content.senderBecause}
                </Text>
              )}
            </Stack>
          </Tabs.Panel>
          <Tabs.Panel value="request" pt="sm">
            <RequestTab request={request} content={content} />
          </Tabs.Panel>
          <Tabs.Panel value="response" pt="sm">
            <ResponseTab request={request} content={content} />
          </Tabs.Panel>
          <Tabs.Panel value="change" pt="sm">
            <ChangeTab request={request} content={content} />
          </Tabs.Panel>
          <Tabs.Panel value="timing" pt="sm">
            <TimingTab request={request} hrefOf={hrefOf} />
          </Tabs.Panel>
          <Tabs.Panel value="raw" pt="sm">
            <RawTab request={request} content={content} />
          </Tabs.Panel>
          <Tabs.Panel value="replay" pt="sm">
            <ReplayTab key={request.id} request={request} content={content} hrefOf={hrefOf} />
          </Tabs.Panel>
        </Tabs>
      )}
    </Stack>
  )
}

/** Where there is little room the tabs scroll. */
function intoSight(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}

/** A request that was not let in says in its URL which integration it was meant for. */
function slugIn(target: string): string | null {
  return /^\/scim\/([a-z0-9-]+)\/v2(?:\/|\?|$)/.exec(target)?.[1] ?? null
}
