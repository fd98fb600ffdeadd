import { Box, Button, Group, Text } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { Download, Link2, Play } from 'lucide-react'
import { Link, Redirect, useLocation, useSearch, useSearchParams } from 'wouter'
import type { Plan, PlanOutcome } from '../../../contract/conversions.ts'
import { amountText, numberText } from '../../components/text/amount-text.ts'
import { dialogEntry, useCloseDialog } from '../../components/dialog/dialog-entry.ts'
import { DetailSplit } from '../../components/page/detail-split.tsx'
import { ListFrame } from '../../components/table/list-frame.tsx'
import { Names } from '../../components/text/names.tsx'
import { Nothing } from '../../components/state/nothing.tsx'
import { Notice } from '../../components/state/notice.tsx'
import { PageHeader } from '../../components/page/page-header.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { RelativeTime } from '../../components/text/relative-time.tsx'
import { SearchBox } from '../../components/table/search-box.tsx'
import { TextLink } from '../../components/text/text-link.tsx'
import { isNotFound } from '../../rpc/problem-of.ts'
import { useConnection, useEngine } from '../../rpc/engine.ts'
import { inDirectory, useDirectory } from '../directory/use-directory.ts'
import { ConversionSteps } from './conversion-steps.tsx'
import { MatchPanel } from './match-panel.tsx'
import { OutcomeBar } from './outcome-bar.tsx'
import { changing, originText, outcomeOfSlug, outcomeText, runText } from './outcome-text.ts'
import { PlannedUserDetail } from './planned-user-detail.tsx'
import { PlannedUsersTable } from './planned-users-table.tsx'
import { RunDialog } from './run-dialog.tsx'
import { saveStream } from './save-stream.ts'
import { useJob } from './use-job.ts'

/** What a conversion or an undo would do, person by person. */
export function PreviewScreen({ id }: { readonly id: string }) {
  const { directory, to } = useDirectory()
  const search = useSearch()
  const engine = useEngine()
  const query = useQuery(engine.conversions.plan.queryOptions({ input: { id } }))
  if (isNotFound(query.error))
    return (
      <>
        <PageHeader title="Preview" above={[{ label: 'User IDs', path: to('/conversion') }]} />
        <Nothing
          why="empty"
          title="This preview is gone"
          action={
            <Button component={Link} href={to('/conversion')} variant="default">
              Make a preview
            </Button>
          }
        >
          Another one has taken its place, or its address is mistyped.
        </Nothing>
      </>
    )
  return (
    <QueryView query={query} lines={10}>
      {(plan) =>
        plan.directory === directory ? (
          <PreviewOf plan={plan} />
        ) : (
          <Redirect to={inDirectory(`/conversion/preview/${id}`, plan.directory, search)} replace />
        )
      }
    </QueryView>
  )
}

interface NavigateOptions {
  readonly replace?: boolean
  readonly state?: unknown
}

function changed(before: URLSearchParams, name: string, value: string | null): URLSearchParams {
  const next = new URLSearchParams(before)
  if (value === null) next.delete(name)
  else next.set(name, value)
  return next
}

function PreviewOf({ plan }: { readonly plan: Plan }) {
  const [search, setSearch] = useSearchParams()
  const { to } = useDirectory()
  const isUndo = plan.undoes !== null
  const isStarted = plan.job !== null
  const dialog = search.get('dialog')
  const closeDialog = useCloseDialog()
  const change = (name: string, value: string | null, options: NavigateOptions = {}) =>
    setSearch((before) => changed(before, name, value), options)
  const open = (which: 'match' | 'run') => change('dialog', which, { state: dialogEntry })
  const close = () => {
    const suffix = changed(search, 'dialog', null).toString()
    closeDialog(`/conversion/preview/${plan.id}${suffix === '' ? '' : `?${suffix}`}`)
  }
  return (
    <>
      <PageHeader
        title={isUndo ? `Preview: undo of conversion ${plan.undoes}` : 'Preview of the conversion'}
        above={[{ label: 'User IDs', path: to('/conversion') }]}
        description={<Summary plan={plan} />}
        actions={
          <>
            {!isUndo && (
              <Button variant="default" leftSection={<Link2 size={14} aria-hidden />} onClick={() => open('match')}>
                IdP match
              </Button>
            )}
            <SaveButton plan={plan} search={search} />
            {!isStarted && !plan.isOfOtherData && (
              <Button
                leftSection={<Play size={14} aria-hidden />}
                disabled={changing(plan.counts) === 0}
                onClick={() => open('run')}
              >
                {isUndo ? 'Undo the conversion' : runText(plan.counts)}
              </Button>
            )}
          </>
        }
      />
      <ConversionSteps
        current="preview"
        hrefs={{ options: to(isUndo ? `/conversion/jobs/${plan.undoes}` : '/conversion') }}
      />
      {plan.job !== null && (
        <Group mb="sm">
          <CarriedOut job={plan.job} />
        </Group>
      )}
      {plan.isOfOtherData && (
        <Group mb="sm">
          <Notice
            meaning="attention"
            title="This preview is of other data"
            action={
              <Button component={Link} href={to('/conversion')} variant="default" size="compact-sm">
                Make a new preview
              </Button>
            }
          >
            It was carried out by a job that is not there any more: the data has been restored from a backup since. It
            says nothing of the people who are here now.
          </Notice>
        </Group>
      )}
      {plan.unusedOfList.count > 0 && (
        <Group mb="sm">
          <Notice
            meaning="attention"
            title={`${amountText(plan.unusedOfList.count, 'user ID of your list leads', 'user IDs of your list lead')} nowhere`}
          >
            Nobody here has <Names names={plan.unusedOfList.first} />
            {plan.unusedOfList.count > plan.unusedOfList.first.length && ' and more'}.
          </Notice>
        </Group>
      )}
      <People
        plan={plan}
        search={search}
        onText={(text, goesOn) => change('q', text === '' ? null : text, { replace: goesOn })}
      />
      <RunDialog plan={plan} isOpen={dialog === 'run' && !isStarted && !plan.isOfOtherData} onClose={close} />
      <MatchPanel plan={plan} isOpen={dialog === 'match'} onClose={close} />
    </>
  )
}

/** How far the job has come that carries the preview out. */
function CarriedOut({ job }: { readonly job: number }) {
  const { to } = useDirectory()
  const { data } = useJob(job)
  const title =
    data?.state === 'done'
      ? 'This preview has been carried out'
      : data?.state === 'cancelled'
        ? 'This preview was carried out in part: its job was cancelled'
        : data?.state === 'failed'
          ? 'This preview was carried out in part: its job failed'
          : 'This preview is being carried out'
  return (
    <Notice meaning="information" title={title}>
      Nothing can be decided in it any more. <TextLink href={to(`/conversion/jobs/${job}`)}>See the job</TextLink>
    </Notice>
  )
}

function Summary({ plan }: { readonly plan: Plan }) {
  const { options, counts, total } = plan
  const sources = options === null ? '' : options.sources.map(originText).join(', ')
  return (
    <>
      <Text span inherit fw={600} c="var(--mantine-color-text)" className="tabular">
        {numberText(changing(counts))} of {numberText(total)} {plan.job === null ? 'will change' : 'were to change'}
        {counts.merges > 0 && `, ${numberText(counts.merges)} of them by a merge`}
      </Text>{' '}
      · made <RelativeTime at={plan.createdAt} isPast />
      {sources !== '' && ` · by ${sources}`}
      {plan.decisions > 0 && ` · ${amountText(plan.decisions, 'decision')} of yours`}
      {plan.match && ` · ${numberText(plan.match.linked)} of ${numberText(plan.match.sought)} would be linked`}
    </>
  )
}

function filterOf(search: URLSearchParams): { readonly outcome: PlanOutcome | null; readonly text: string } {
  return { outcome: outcomeOfSlug(search.get('outcome')), text: search.get('q') ?? '' }
}

function SaveButton({ plan, search }: { readonly plan: Plan; readonly search: URLSearchParams }) {
  const connection = useConnection()
  const save = useMutation({
    mutationFn: () =>
      saveStream(connection, 'user-ids-preview.csv', (subscription) =>
        connection.engine.conversions.export({ subscription, id: plan.id, filter: filterOf(search) }),
      ),
  })
  return (
    <>
      <Button
        variant="default"
        leftSection={<Download size={14} aria-hidden />}
        loading={save.isPending}
        onClick={() => save.mutate()}
      >
        Save as CSV
      </Button>
      <Problem error={save.error} title="The file was not saved." />
    </>
  )
}

const pageSize = 200

interface PeopleProps {
  readonly plan: Plan
  readonly search: URLSearchParams
  readonly onText: (text: string, goesOn: boolean) => void
}

function People({ plan, search, onText }: PeopleProps) {
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

  function hrefWith(changes: Readonly<Record<string, string | null>>): string {
    const next = new URLSearchParams(search)
    next.delete('dialog')
    for (const [name, value] of Object.entries(changes))
      if (value === null) next.delete(name)
      else next.set(name, value)
    const suffix = next.toString()
    return `/conversion/preview/${plan.id}${suffix === '' ? '' : `?${suffix}`}`
  }

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
