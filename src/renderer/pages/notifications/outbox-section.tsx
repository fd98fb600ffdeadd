import { Button, Pagination, SegmentedControl, Stack, Text } from '@mantine/core'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearchParams } from 'wouter'
import type { OutboxMessage, OutboxState } from '../../../contract/notifications.ts'
import { amountText } from '../../components/text/amount-text.ts'
import { ConfirmDialog } from '../../components/dialog/confirm-dialog.tsx'
import { DataTable, type Column } from '../../components/table/data-table.tsx'
import { Nothing } from '../../components/state/nothing.tsx'
import { Notice } from '../../components/state/notice.tsx'
import { Panel } from '../../components/page/panel.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { RelativeTime } from '../../components/text/relative-time.tsx'
import { StateBadge } from '../../components/state/state-badge.tsx'
import { useNow } from '../../stores/clock.ts'
import { useEngine } from '../../rpc/engine.ts'
import { unreachable } from '../../unreachable.ts'
import { nextAttempt } from './next-attempt.ts'

const pageSize = 50
const states: readonly OutboxState[] = ['waiting', 'dead', 'delivered']

function MessageState({ message }: { readonly message: OutboxMessage }) {
  switch (message.state) {
    case 'waiting':
      return message.isBeingSent ? (
        <StateBadge meaning="information" icon="working" word="Being sent" />
      ) : message.attempts > 0 ? (
        <StateBadge meaning="attention" word="Tried, waits" />
      ) : (
        <StateBadge meaning="neutral" word="Waiting" />
      )
    case 'delivered':
      return <StateBadge meaning="ok" word="Delivered" />
    case 'dead':
      return <StateBadge meaning="failure" word="Given up" />
    default:
      return unreachable(message.state)
  }
}

function NextAttempt({ message }: { readonly message: OutboxMessage }) {
  const next = nextAttempt(message, useNow())
  return typeof next === 'string' ? next : <RelativeTime at={next} />
}

const ways = { mail: 'Mail', webhook: 'Webhook', desktop: 'Desktop' } as const

/** What is told, to whom, and why they have not got it. */
function Message({ message }: { readonly message: OutboxMessage }) {
  const { channel, recipient, title, problem } = message
  return (
    <>
      <bdi>{title}</bdi>
      <Text size="xs" c="dimmed">
        {ways[channel]}: <bdi>{recipient}</bdi>
      </Text>
      {problem !== null && <Text size="xs">{problem}</Text>}
    </>
  )
}

interface OwnProps {
  readonly onRetry: (id: number) => void
  readonly onDrop: (message: OutboxMessage) => void
}

function columns(state: OutboxState, { onRetry, onDrop }: OwnProps): readonly Column<OutboxMessage>[] {
  const when: Column<OutboxMessage> =
    state === 'waiting'
      ? {
          id: 'next',
          label: 'Next attempt',
          width: 124,
          cell: (message) => <NextAttempt message={message} />,
        }
      : { id: 'ended', label: 'When', width: 110, cell: ({ endedAt }) => <RelativeTime at={endedAt} isPast /> }
  const actions: Column<OutboxMessage> = {
    id: 'actions',
    label: 'Do',
    width: 116,
    cell: (message) => (
      <Stack gap={4} align="flex-start">
        {message.state === 'dead' && (
          <Button
            variant="default"
            size="compact-xs"
            aria-label={`Try again: message ${message.id}`}
            onClick={() => onRetry(message.id)}
          >
            Try again
          </Button>
        )}
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          aria-label={`Throw away message ${message.id}`}
          onClick={() => onDrop(message)}
        >
          Throw away
        </Button>
      </Stack>
    ),
  }
  return [
    { id: 'state', label: 'State', width: 150, cell: (message) => <MessageState message={message} /> },
    when,
    { id: 'message', label: 'Message', narrowest: 180, wraps: true, cell: (message) => <Message message={message} /> },
    ...(state === 'delivered' ? [] : [actions]),
  ]
}

const nothing: { readonly [state in OutboxState]: readonly [title: string, text: string] } = {
  waiting: ['Nothing waits', 'Messages stand here until their receiver has taken them.'],
  dead: ['Nothing was given up', 'What cannot be delivered is kept here with the reason, and can be tried again.'],
  delivered: ['Nothing was sent in the last 14 days', 'What was delivered is listed here for two weeks.'],
}

/** What waits to be told, what was given up, and what was told. */
export function OutboxSection() {
  const engine = useEngine()
  const [search, setSearch] = useSearchParams()
  const state = states.find((each) => each === search.get('state')) ?? 'waiting'
  const page = Math.max(1, Math.floor(Number(search.get('page') ?? 1)) || 1)
  const depth = useQuery(engine.notifications.get.queryOptions())
  const query = useQuery(
    engine.notifications.outbox.queryOptions({
      input: { state, page, pageSize },
      placeholderData: keepPreviousData,
      refetchInterval: 10_000,
    }),
  )
  const [dropping, setDropping] = useState<OutboxMessage | 'all'>()
  const retry = useMutation(engine.notifications.retry.mutationOptions())
  const drop = useMutation(engine.notifications.drop.mutationOptions({ onSuccess: () => setDropping(undefined) }))
  const depths = depth.data?.outbox
  const dead = depths?.dead ?? 0
  const counted = (count: number | undefined) => (count === undefined ? '' : ` (${count})`)
  const whom = dropping === 'all' ? amountText(dead, 'message') : dropping?.recipient
  return (
    <>
      {dead > 0 && state !== 'dead' && (
        <Notice
          meaning="failure"
          title={`${amountText(dead, 'message')} could not be delivered`}
          action={
            <Button variant="default" size="compact-xs" onClick={() => setSearch({ state: 'dead' })}>
              See why
            </Button>
          }
        />
      )}
      <Panel
        title="Outbox"
        isFlush
        actions={
          <>
            {state === 'dead' && dead > 0 && (
              <>
                <Button variant="default" size="compact-xs" onClick={() => setDropping('all')}>
                  Throw all away
                </Button>
                <Button size="compact-xs" loading={retry.isPending} onClick={() => retry.mutate({ messages: 'all' })}>
                  Try all again
                </Button>
              </>
            )}
            <SegmentedControl
              size="xs"
              aria-label="Which messages"
              value={state}
              onChange={(value) => setSearch(value === 'waiting' ? {} : { state: value })}
              data={[
                { value: 'waiting', label: `Waiting${counted(depths?.waiting)}` },
                { value: 'dead', label: `Given up${counted(depths?.dead)}` },
                { value: 'delivered', label: `Delivered${counted(depths?.delivered)}` },
              ]}
            />
          </>
        }
      >
        <QueryView query={query} lines={5}>
          {({ items, total }) =>
            items.length === 0 ? (
              <Nothing why="empty" title={nothing[state][0]}>
                {nothing[state][1]}
              </Nothing>
            ) : (
              <>
                <DataTable
                  id={`outbox-${state}`}
                  label={`Messages: ${state === 'dead' ? 'given up' : state}`}
                  columns={columns(state, {
                    onRetry: (id) => retry.mutate({ messages: [id] }),
                    onDrop: setDropping,
                  })}
                  rows={items}
                  keyOf={({ id }) => String(id)}
                  describe={({ title, recipient }) => `${title}, to ${recipient}`}
                />
                {total > pageSize && (
                  <div className="padded">
                    <Pagination
                      size="sm"
                      total={Math.ceil(total / pageSize)}
                      value={page}
                      onChange={(next) => setSearch({ state, page: String(next) })}
                      getControlProps={(control) => ({ 'aria-label': `${control} page of messages` })}
                      getItemProps={(n) => ({ 'aria-label': `Page ${n} of messages` })}
                    />
                  </div>
                )}
              </>
            )
          }
        </QueryView>
      </Panel>
      {retry.data && (
        <Notice meaning="ok" isNew>
          {amountText(retry.data.count, 'message is', 'messages are')} tried again.
        </Notice>
      )}
      <Problem error={retry.error} title="It was not tried again." />
      <ConfirmDialog
        isOpen={dropping !== undefined}
        onClose={() => setDropping(undefined)}
        title={dropping === 'all' ? `Throw ${whom} away?` : `Throw the message to ${whom} away?`}
        action="Throw away"
        isDangerous
        isBusy={drop.isPending}
        error={drop.error}
        onConfirm={() =>
          dropping !== undefined && drop.mutate({ messages: dropping === 'all' ? 'all' : [dropping.id] })
        }
      >
        Nobody is told of it then. That cannot be undone.
      </ConfirmDialog>
    </>
  )
}
