import { Button, Drawer, Group, Stack, Text } from '@mantine/core'
import { useInfiniteQuery, useMutation, type InfiniteData, type UseInfiniteQueryResult } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import type { MatchCounts, Plan } from '../../../contract/conversions.ts'
import { amountText, numberText } from '../../components/text/amount-text.ts'
import { Problem } from '../../components/state/problem.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { StatusList } from '../../components/state/status-list.tsx'
import { useConnection, useEngine } from '../../rpc/engine.ts'
import { ListField } from './list-field.tsx'
import { uploadList, type ListText } from './list-text.ts'
import classes from './match-panel.module.css'

interface MatchPanelProps {
  readonly plan: Plan
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** What an identity provider would find after the conversion, by a list of its userNames. */
export function MatchPanel({ plan, isOpen, onClose }: MatchPanelProps) {
  const { engine } = useConnection()
  const [list, setList] = useState<ListText | null>(null)
  const match = useMutation({
    async mutationFn(chosen: ListText) {
      return engine.conversions.match({ id: plan.id, sought: await uploadList(engine, chosen) })
    },
  })
  return (
    <Drawer
      opened={isOpen}
      onClose={onClose}
      position="right"
      size={520}
      styles={{ title: { fontWeight: 600, fontSize: 'var(--mantine-font-size-lg)' } }}
      title="What your identity provider would match"
      closeButtonProps={{ 'aria-label': 'Close' }}
      transitionProps={{ duration: 0 }}
    >
      <Stack gap="md">
        <ListField
          label="Its userNames"
          description="One a line, or a CSV export with a column userPrincipalName, userName or login."
          placeholder={'john.smith@example.com\nana.moss@example.com'}
          list={list}
          onChange={setList}
          isFirst
        />
        <Group>
          <Button disabled={list === null} loading={match.isPending} onClick={() => list && match.mutate(list)}>
            Compare
          </Button>
        </Group>
        <Problem error={match.error} title="The lists were not compared." />
        {plan.match && <MatchResult planId={plan.id} match={plan.match} />}
      </Stack>
    </Drawer>
  )
}

function MatchResult({ planId, match }: { readonly planId: string; readonly match: MatchCounts }) {
  const { sought, linkedBefore, linked, created, leftBehind } = match
  return (
    <Stack gap="md" role="status">
      <StatusList
        label="What it would find"
        items={[
          {
            key: 'linked',
            meaning: 'ok',
            word: 'Linked',
            title: `${numberText(linked)} of ${amountText(sought, 'userName')} linked`,
            text: `They are found and matched. As things are now, ${numberText(linkedBefore)} would be.`,
          },
          {
            key: 'created',
            meaning: created === 0 ? 'ok' : 'attention',
            word: 'Created anew',
            title: `${numberText(created)} created anew`,
            text: 'Nobody has these userNames after the conversion.',
          },
          {
            key: 'left',
            meaning: leftBehind === 0 ? 'ok' : 'information',
            word: 'Left behind',
            title: `${amountText(leftBehind, 'person', 'people')} left behind`,
            text: 'They are here, and the list does not name them.',
          },
        ]}
      />
      {created > 0 && <SoughtAnew planId={planId} />}
      {leftBehind > 0 && <LeftBehind planId={planId} />}
    </Stack>
  )
}

const pageSize = 50

function SoughtAnew({ planId }: { readonly planId: string }) {
  const engine = useEngine()
  const query = useInfiniteQuery(
    engine.conversions.soughtAnew.infiniteOptions({
      input: (after: string) => ({ id: planId, after, limit: pageSize }),
      initialPageParam: '',
      getNextPageParam: ({ next }) => next ?? undefined,
    }),
  )
  return (
    <NameList title="Created anew" query={query}>
      {({ items }) =>
        items.map((name) => (
          <li key={name}>
            <bdi>{name}</bdi>
          </li>
        ))
      }
    </NameList>
  )
}

function LeftBehind({ planId }: { readonly planId: string }) {
  const engine = useEngine()
  const query = useInfiniteQuery(
    engine.conversions.leftBehind.infiniteOptions({
      input: (after: number) => ({ id: planId, after, limit: pageSize }),
      initialPageParam: 0,
      getNextPageParam: ({ next }) => next ?? undefined,
    }),
  )
  return (
    <NameList title="Left behind" query={query}>
      {({ items }) =>
        items.map(({ seq, userName, target }) => (
          <li key={seq}>
            <bdi>{userName}</bdi>
            {target !== null && (
              <>
                {' '}
                → <bdi>{target}</bdi>
              </>
            )}
          </li>
        ))
      }
    </NameList>
  )
}

interface NameListProps<Part> {
  readonly title: string
  readonly query: UseInfiniteQueryResult<InfiniteData<Part>>
  /** The lines of one page. */
  readonly children: (part: Part) => ReactNode
}

function NameList<Part>({ title, query, children }: NameListProps<Part>) {
  return (
    <div>
      <Text size="sm" fw={500} mb={4}>
        {title}
      </Text>
      <QueryView query={query}>
        {({ pages }) => (
          <ul className={classes['names']} tabIndex={0} aria-label={title}>
            {pages.map(children)}
          </ul>
        )}
      </QueryView>
      {query.hasNextPage && (
        <Button variant="subtle" size="compact-xs" mt={4} onClick={() => void query.fetchNextPage()}>
          Show more
        </Button>
      )}
    </div>
  )
}
