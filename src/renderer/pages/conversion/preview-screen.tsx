import { Button, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Download, Link2, Play } from 'lucide-react'
import { Link, Redirect, useSearch, useSearchParams } from 'wouter'
import type { Plan } from '../../../contract/conversions.ts'
import { dialogEntry, useCloseDialog } from '../../components/dialog/dialog-entry.ts'
import { PageHeader } from '../../components/page/page-header.tsx'
import { Nothing } from '../../components/state/nothing.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { amountText, numberText } from '../../components/text/amount-text.ts'
import { RelativeTime } from '../../components/text/relative-time.tsx'
import { useConnection, useEngine } from '../../rpc/engine.ts'
import { isNotFound } from '../../rpc/problem-of.ts'
import { inDirectory, useDirectory } from '../directory/use-directory.ts'
import { ConversionSteps } from './conversion-steps.tsx'
import { MatchPanel } from './match-panel.tsx'
import { changing, originText, runText } from './outcome-text.ts'
import { filterOf, previewHref, searchWith } from './preview-address.ts'
import { PreviewNotices } from './preview-notices.tsx'
import { PreviewPeople } from './preview-people.tsx'
import { RunDialog } from './run-dialog.tsx'
import { saveStream } from './save-stream.ts'

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

function PreviewOf({ plan }: { readonly plan: Plan }) {
  const [search, setSearch] = useSearchParams()
  const { to } = useDirectory()
  const isUndo = plan.undoes !== null
  const isStarted = plan.job !== null
  const dialog = search.get('dialog')
  const closeDialog = useCloseDialog()
  const change = (name: string, value: string | null, options: NavigateOptions = {}) =>
    setSearch((before) => searchWith(before, { [name]: value }), options)
  const open = (which: 'match' | 'run') => change('dialog', which, { state: dialogEntry })
  const close = () => closeDialog(previewHref(plan.id, search))
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
      <PreviewNotices plan={plan} />
      <PreviewPeople
        plan={plan}
        search={search}
        onText={(text, goesOn) => change('q', text === '' ? null : text, { replace: goesOn })}
      />
      <RunDialog plan={plan} isOpen={dialog === 'run' && !isStarted && !plan.isOfOtherData} onClose={close} />
      <MatchPanel plan={plan} isOpen={dialog === 'match'} onClose={close} />
    </>
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
