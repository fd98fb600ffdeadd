import { Button, Checkbox, Group, Progress, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import type { ImportState } from '../../../contract/imports.ts'
import { useWayOn } from '../../components/page/use-way-on.ts'
import { amountText, bytesText, numberText } from '../../components/text/amount-text.ts'
import { ConfirmDialog } from '../../components/dialog/confirm-dialog.tsx'
import { Nothing } from '../../components/state/nothing.tsx'
import { Notice } from '../../components/state/notice.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { saveFile } from '../../components/file/save-file.ts'
import { StateBadge } from '../../components/state/state-badge.tsx'
import { useFocusAfter } from '../../components/focus/use-focus-after.ts'
import { useConnection, useEngine } from '../../rpc/engine.ts'
import { Explained } from '../../rpc/explained.ts'
import { isNotFound } from '../../rpc/problem-of.ts'
import { readStream } from '../../rpc/read-stream.ts'
import { useDirectory } from '../directory/use-directory.ts'
import { ImportRows } from './import-rows.tsx'
import { outcomes } from './import-outcomes.ts'
import { formWidth } from '../../components/page/widths.ts'
import classes from './import-progress-view.module.css'

/** An import, from the look through its file to its result. */
export function ImportProgressView({ id }: { readonly id: string }) {
  const connection = useConnection()
  const { to } = useDirectory()
  const [state, setState] = useState<ImportState>()
  const [error, setError] = useState<unknown>()

  useEffect(() => {
    const ended = new AbortController()
    readStream<ImportState>({
      connection,
      signal: ended.signal,
      isResumable: true,
      open: ({ subscription }, signal) => connection.engine.imports.watch({ id, subscription }, { signal }),
      onBatch: ({ items }) => setState((before) => items.at(-1) ?? before),
    }).catch(setError)
    return () => ended.abort()
  }, [connection, id])

  const again = (
    <Button component={Link} href={to('/users/import')}>
      Choose a file
    </Button>
  )
  if (isNotFound(error))
    return (
      <Nothing why="empty" title="This import is not there any more" action={again}>
        Rollcall was restarted, or the file was put away. Choose the file again; whoever was imported already will be
        unchanged.
      </Nothing>
    )
  if (error !== undefined) return <Problem error={error} title="The import cannot be followed." />
  if (!state) return <Progress value={100} animated aria-label="Loading" />
  if (state.phase === 'unusable')
    return (
      <Stack gap="md" maw={formWidth}>
        <Problem
          error={new Explained(state.problem ?? 'It cannot be read.')}
          title={`${state.fileName} cannot be imported.`}
        />
        <div>{again}</div>
      </Stack>
    )
  return <Import id={id} state={state} />
}

interface ImportProps {
  readonly id: string
  readonly state: ImportState
}

function Import({ id, state }: ImportProps) {
  const { phase, fileName, bytes, progress } = state
  const isBusy = phase === 'receiving' || phase === 'checking'
  return (
    <div className={classes['import']}>
      <Text size="sm" c="dimmed" className="breakable">
        {fileName} · {bytesText(bytes)}
        {state.columns.length > 0 && ` · ${amountText(state.columns.length, 'column')}`}
      </Text>
      {isBusy && (
        <Progress
          value={progress.of === 0 ? 100 : (progress.done / progress.of) * 100}
          aria-label="Progress"
          transitionDuration={0}
        />
      )}
      {(isBusy || phase === 'ready') && (
        // One region for both, so that what was found is told as well.
        <Text size="sm" component="div" role="status" className="tabular">
          {isBusy ? (
            phase === 'receiving' ? (
              'Receiving the file'
            ) : (
              `Looking through the file: ${amountText(sum(state.forecast), 'person', 'people')} so far`
            )
          ) : (
            <Counts counts={state.forecast} isForecast />
          )}
        </Text>
      )}
      {phase === 'ready' && <Ready id={id} state={state} />}
      {!isBusy && phase !== 'ready' && <Running id={id} state={state} />}
      {!isBusy && <ImportRows key={phase} id={id} counts={state.forecast} isDone={phase !== 'ready'} />}
    </div>
  )
}

function sum(counts: ImportState['forecast']): number {
  return Object.values(counts).reduce((total, count) => total + count, 0)
}

function Counts({ counts, isForecast }: { readonly counts: ImportState['forecast']; readonly isForecast: boolean }) {
  return (
    <Group gap="lg">
      {outcomes.map(({ id, will, did, meaning }) =>
        counts[id] === 0 ? null : (
          <StateBadge key={id} meaning={meaning} word={`${numberText(counts[id])} ${isForecast ? will : did}`} />
        ),
      )}
    </Group>
  )
}

/** What will happen is known, and nothing has been written. */
function Ready({ id, state }: ImportProps) {
  const engine = useEngine()
  const navigate = useWayOn()
  const { to } = useDirectory()
  const [leavesManaged, setLeavesManaged] = useState(false)
  const [isAsking, setAsking] = useState(false)
  const { forecast, managed, former } = state
  useFocusAfter()
  const run = useMutation(engine.imports.run.mutationOptions({ onSuccess: () => setAsking(false) }))
  const discard = useMutation(
    engine.imports.discard.mutationOptions({ onSuccess: () => navigate(to('/users/import')) }),
  )
  const count = forecast.created + forecast.updated - (leavesManaged ? managed : 0)
  const people = amountText(count, 'person', 'people')
  return (
    <Stack gap="sm">
      {former > 0 && (
        <Notice meaning="attention" title={`${amountText(former, 'person', 'people')} would be here twice`}>
          A conversion has replaced {former === 1 ? 'this user ID' : 'these user IDs'}: look for “A second account”
          below. Put the present user IDs into the file, or delete those lines.
        </Notice>
      )}
      {managed > 0 && (
        <Checkbox
          label={`Leave ${amountText(managed, 'person', 'people')} alone whom an identity provider manages`}
          description="Otherwise they are shown as edited by hand until it writes them again."
          checked={leavesManaged}
          onChange={(event) => setLeavesManaged(event.currentTarget.checked)}
        />
      )}
      <Problem error={run.error} />
      <Problem error={discard.error} />
      <Group gap="xs">
        <Button disabled={count === 0} onClick={() => setAsking(true)}>
          {count === 0 ? 'Nothing to import' : `Import ${people}`}
        </Button>
        <Button variant="default" loading={discard.isPending} onClick={() => discard.mutate({ id })}>
          Put the file away
        </Button>
        {forecast.refused > 0 && (
          <Text size="sm" c="dimmed">
            {amountText(forecast.refused, 'line')} cannot be imported and {forecast.refused === 1 ? 'is' : 'are'} left
            out.
          </Text>
        )}
      </Group>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={`Import ${people} from ${state.fileName}?`}
        action={`Import ${people}`}
        isBusy={run.isPending}
        error={run.error}
        onConfirm={() => run.mutate({ id, skipManaged: leavesManaged })}
      >
        {numberText(forecast.created)} will be created and{' '}
        {numberText(forecast.updated - (leavesManaged ? managed : 0))} changed.
        {managed > 0 &&
          !leavesManaged &&
          ` An identity provider manages ${numberText(managed)} of them and may overwrite the import.`}{' '}
        It can be stopped half-way; what is done then stays.
      </ConfirmDialog>
    </Stack>
  )
}

/** It is being written, or has been. */
function Running({ id, state }: ImportProps) {
  const engine = useEngine()
  const connection = useConnection()
  const { to } = useDirectory()
  const { phase, progress, result, problem } = state
  const cancel = useMutation(engine.imports.cancel.mutationOptions())
  const report = useMutation({
    async mutationFn() {
      const parts: string[] = []
      await readStream<string>({
        connection,
        signal: new AbortController().signal,
        isResumable: false,
        open: ({ subscription }, signal) => connection.engine.imports.report({ id, subscription }, { signal }),
        onBatch: ({ items }) => void parts.push(...items),
      })
      saveFile('import-result.csv', parts, 'text/csv')
    },
  })
  const words = {
    running: 'Importing',
    done: 'Done',
    cancelled: 'Stopped; what was done stays',
    failed: 'It failed; what was done stays',
  } as const
  const word = phase in words ? words[phase as keyof typeof words] : ''
  return (
    <Stack gap="sm">
      <div>
        <Progress
          value={progress.of === 0 ? 100 : (progress.done / progress.of) * 100}
          color={phase === 'failed' ? 'red' : undefined}
          aria-label="Progress"
          transitionDuration={0}
        />
        <Text size="sm" mt={6} role="status" className="tabular">
          {word}: {numberText(progress.done)} of {amountText(progress.of, 'person', 'people')}
        </Text>
      </div>
      <Counts counts={result} isForecast={false} />
      {phase === 'failed' && <Problem error={new Explained(problem ?? 'The log of the server says why.')} />}
      <Problem error={phase === 'running' ? cancel.error : null} title="The import was not stopped." />
      <Problem error={report.error} title="The result was not saved." />
      <Group gap="xs">
        {phase === 'running' ? (
          <StopButton isBusy={cancel.isPending} onStop={() => cancel.mutate({ id })} />
        ) : (
          <>
            <Button component={Link} href={to('/users')}>
              Show the people
            </Button>
            <Button variant="default" loading={report.isPending} onClick={() => report.mutate()}>
              Save the result as CSV
            </Button>
            <Button component={Link} href={to('/users/import')} variant="default">
              Import another file
            </Button>
          </>
        )}
      </Group>
    </Stack>
  )
}

function StopButton({ isBusy, onStop }: { readonly isBusy: boolean; readonly onStop: () => void }) {
  useFocusAfter()
  return (
    <Button variant="default" loading={isBusy} onClick={onStop}>
      Stop here
    </Button>
  )
}
