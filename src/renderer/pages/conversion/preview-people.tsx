import { Box, Button, Group, Text } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useLocation } from 'wouter'
import type { Plan, PlanOutcome } from '../../../contract/conversions.ts'
import { DetailSplit } from '../../components/page/detail-split.tsx'
import { Nothing } from '../../components/state/nothing.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { ListFrame } from '../../components/table/list-frame.tsx'
import { SearchBox } from '../../components/table/search-box.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { OutcomeBar } from './outcome-bar.tsx'
import { outcomeText } from './outcome-text.ts'
import { PlannedUserDetail } from './planned-user-detail.tsx'
import { PlannedUsersTable } from './planned-users-table.tsx'
import { filterOf, previewHref } from './preview-address.ts'

const pageSize = 200

interface PreviewPeopleProps {
  readonly plan: Plan
  readonly search: URLSearchParams
  readonly onText: (text: string, goesOn: boolean) => void
}

/** The people of a preview: how many come out how, the list to search, and one of them. */
export function PreviewPeople({ plan, search, onText }: PreviewPeopleProps) {
  const engine = useEngine()
  const [, navigate] = useLocation()
  const { outcome, text } = filterOf(search)
  const selected = search.get('user') ?? undefined
  const isUndo = plan.undoes !== null
  const query = useInfiniteQuery(
    engine.conversions.users.infiniteOptions({
      input: (after: number) => ({ id: plan.id, filter: { outcome, text }, after, limit: pageSize }),
      initialPageParam: 0,
      getNextPageParam: ({ next }) => next ?? undefined,
      placeholderData: keepPreviousData,
    }),
  )

  const hrefWith = (changes: Readonly<Record<string, string | null>>) => previewHref(plan.id, search, changes)

  return (
    <>
      <OutcomeBar plan={plan} outcome={outcome} hrefOf={(slug) => hrefWith({ outcome: slug, user: null })} />
      <Group justify="space-between" gap="sm" wrap="wrap" mb="sm">
        <Box flex="0 1 360px">
          <SearchBox
            label="Search the preview"
            placeholder="Beginning of the old or the new user ID"
            value={text}
            onChange={onText}
            hasKey
            width="100%"
          />
        </Box>
        {outcome !== null && (
          <Text size="sm" c="dimmed" flex="1 1 300px">
            {outcomeText(outcome, isUndo).sentence}
          </Text>
        )}
      </Group>
      <ListFrame fills>
        <DetailSplit
          id="conversion"
          detailTitle="Person"
          detail={
            selected === undefined ? undefined : <PlannedUserDetail key={selected} plan={plan} userId={selected} />
          }
          onClose={() => navigate(hrefWith({ user: null }))}
          list={
            <QueryView query={query} lines={8}>
              {({ pages }) => {
                const users = pages.flatMap(({ items }) => items)
                if (users.length === 0)
                  return (
                    <NobodyFound
                      plan={plan}
                      outcome={outcome}
                      text={text}
                      onAll={() => navigate(hrefWith({ outcome: null, q: null, user: null }))}
                    />
                  )
                return (
                  <PlannedUsersTable
                    key={`${outcome} ${text}`}
                    users={users}
                    total={text === '' ? (outcome === null ? plan.total : plan.counts[outcome]) : undefined}
                    isUndo={isUndo}
                    isStale={query.isPlaceholderData}
                    selectedId={selected}
                    hrefOf={(user) => hrefWith({ user: user.id })}
                    onNearEnd={() => {
                      if (query.hasNextPage && !query.isFetching) void query.fetchNextPage()
                    }}
                  />
                )
              }}
            </QueryView>
          }
        />
      </ListFrame>
    </>
  )
}

interface NobodyFoundProps {
  readonly plan: Plan
  readonly outcome: PlanOutcome | null
  readonly text: string
  readonly onAll: () => void
}

function NobodyFound({ plan, outcome, text, onAll }: NobodyFoundProps) {
  if (plan.total === 0)
    return (
      <Nothing why="empty" title="There is nobody to convert">
        The directory is empty. People appear as soon as an identity provider sends them, or you import them.
      </Nothing>
    )
  const word = outcome === null ? '' : outcomeText(outcome, plan.undoes !== null).title
  return (
    <Nothing
      why="filtered"
      title={
        text === ''
          ? `Nobody under “${word}”`
          : `No user ID begins with “${text}”${word === '' ? '' : ` under “${word}”`}`
      }
      action={
        <Button variant="default" onClick={onAll}>
          Show everybody
        </Button>
      }
    >
      {outcome === 'conflict' && text === '' ? 'Nobody is in anybody’s way.' : 'The preview has others.'}
    </Nothing>
  )
}
