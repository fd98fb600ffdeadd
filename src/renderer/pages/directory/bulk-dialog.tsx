import { Button, Group, Modal, Progress, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState, type ReactNode, type Ref } from 'react'
import type { BulkResult } from '../../../contract/page.ts'
import { amountText, numberText } from '../../components/text/amount-text.ts'
import { csvText } from '../../components/text/csv-text.ts'
import { Problem } from '../../components/state/problem.tsx'
import { saveFile } from '../../components/file/save-file.ts'
import { StateBadge } from '../../components/state/state-badge.tsx'
import { useFocusBack } from '../../components/focus/use-focus-back.ts'
import { useUnsaved } from '../../components/form/use-unsaved.ts'
import { useConnection } from '../../rpc/engine.ts'
import { readStream } from '../../rpc/read-stream.ts'
import type { StreamBatch } from '../../rpc/follow-stream.ts'
import classes from './bulk-dialog.module.css'

/** One thing that is about to be done to many. */
export interface BulkAct {
  /** Names what will happen and to whom: "Archive 12 people?". */
  readonly title: string
  /** A verb with its object: "Archive them". */
  readonly action: string
  /** What follows from it, and whether it can be undone. */
  readonly consequence: ReactNode
  readonly isDangerous: boolean
  /** How one that was done is called: "Archived". */
  readonly doneWord: string
  readonly ids: readonly string[]
  /** How many of them an IdP manages, and the act goes against. */
  readonly managed: number
  /** It takes back what was done against an IdP with a warning, and needs none of its own: what the IdP wrote is so again. */
  readonly isUndo?: boolean
  /** The act that takes it back from those to whom it was done; without one there is no way back. */
  undo?(ids: readonly string[]): BulkAct
  open(
    where: { readonly subscription: string; readonly after: number | null; readonly overManaged: boolean },
    signal: AbortSignal,
  ): Promise<AsyncIterable<StreamBatch<BulkResult>>>
}

interface BulkDialogProps {
  /** Without one it is closed. */
  readonly act: BulkAct | undefined
  /** With `isDone` something was done; `next` is what is to be asked now. */
  readonly onClose: (isDone: boolean, next?: BulkAct) => void
}

const whileRunning = {
  title: 'Leave while it is being done?',
  text: 'It ends where it is: to the rest of them nothing is done, and what became of each is told nowhere else.',
}

type Phase = 'asking' | 'running' | 'ended' | 'stopped'

/** So many results are drawn; the file has all of them. */
const mostShown = 500

/** Asks, does it to one after the other with progress, and tells what became of each. */
export function BulkDialog({ act, onClose }: BulkDialogProps) {
  useFocusBack(act !== undefined)
  return act ? <OpenDialog key={act.title} act={act} onClose={onClose} /> : null
}

function OpenDialog({ act, onClose }: { readonly act: BulkAct } & Pick<BulkDialogProps, 'onClose'>) {
  const connection = useConnection()
  const client = useQueryClient()
  const [phase, setPhase] = useState<Phase>('asking')
  const [results, setResults] = useState<readonly BulkResult[]>([])
  const [error, setError] = useState<unknown>()
  const ended = useRef<AbortController>(undefined)
  const isBusy = phase === 'running'
  const count = act.ids.length

  useEffect(() => () => ended.current?.abort(), [])

  // The button that was pressed has gone with what it began or stopped, and the focus with it. Where that goes, a second Enter does nothing.
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const { activeElement } = document
    if (activeElement === null || activeElement === document.body) list.current?.focus({ preventScroll: true })
  }, [phase])
  useUnsaved(isBusy, whileRunning)

  const of = (outcome: BulkResult['outcome']) => results.filter((each) => each.outcome === outcome)
  const [done, unchanged, refused] = [of('done'), of('unchanged'), of('refused')]

  async function run(): Promise<void> {
    const controller = new AbortController()
    ended.current = controller
    setPhase('running')
    try {
      await readStream<BulkResult>({
        connection,
        signal: controller.signal,
        isResumable: true,
        open: (where, signal) => act.open({ ...where, overManaged: act.isUndo === true || act.managed > 0 }, signal),
        onBatch: ({ items }) => setResults((before) => [...before, ...items]),
      })
    } catch (problem) {
      setError(problem)
    }
    setPhase(controller.signal.aborted ? 'stopped' : 'ended')
    void client.invalidateQueries()
  }

  function close(): void {
    if (isBusy) return
    onClose(results.some((each) => each.outcome === 'done'))
  }

  const undo = done.length > 0 && act.undo ? () => onClose(true, act.undo?.(done.map(({ id }) => id))) : undefined

  const shown = [...refused, ...done, ...unchanged].slice(0, mostShown)
  return (
    <Modal
      opened
      onClose={close}
      title={phase === 'asking' ? act.title : act.title.replace(/\?$/, '')}
      size={phase === 'asking' ? 'md' : 'lg'}
      closeOnClickOutside={phase === 'asking'}
      withCloseButton={!isBusy}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack gap="md">
        {phase === 'asking' ? (
          <Text size="sm" component="div">
            {act.consequence}
            {act.managed > 0 && (
              <Text size="sm" mt="sm">
                {act.managed === count
                  ? 'An identity provider manages all of them, and may undo this the next time it writes them.'
                  : `An identity provider manages ${numberText(act.managed)} of them, and may undo this the next time it writes them.`}
              </Text>
            )}
          </Text>
        ) : (
          <>
            <div>
              <Progress
                value={(results.length / count) * 100}
                aria-label="Progress"
                color={refused.length > 0 ? 'yellow' : undefined}
                transitionDuration={0}
              />
              <Text size="sm" mt={6} role="status" className="tabular">
                {numberText(results.length)} of {numberText(count)}
                {phase === 'stopped' && ', stopped; what was done stays'}
              </Text>
            </div>
            <Group gap="md">
              {done.length > 0 && (
                <StateBadge meaning="ok" word={`${numberText(done.length)} ${act.doneWord.toLowerCase()}`} />
              )}
              {unchanged.length > 0 && (
                <StateBadge
                  meaning="neutral"
                  word={`${numberText(unchanged.length)} ${unchanged.length === 1 ? 'was' : 'were'} so already`}
                />
              )}
              {refused.length > 0 && <StateBadge meaning="failure" word={`${numberText(refused.length)} refused`} />}
            </Group>
            <ResultTable ref={list} rows={shown} doneWord={act.doneWord} />
            {results.length > shown.length && (
              <Text size="xs" c="dimmed">
                {amountText(results.length - shown.length, 'more row')}; the file has all of them.
              </Text>
            )}
          </>
        )}
        <Problem error={error} title="It could not be finished." />
        <Group justify="flex-end" gap="xs">
          {phase === 'asking' && (
            <>
              <Button variant="default" onClick={close} data-autofocus>
                Cancel
              </Button>
              <Button color={act.isDangerous ? 'red' : undefined} onClick={() => void run()}>
                {act.action}
              </Button>
            </>
          )}
          {isBusy && (
            <Button variant="default" onClick={() => ended.current?.abort()}>
              Stop here
            </Button>
          )}
          {(phase === 'ended' || phase === 'stopped') && (
            <>
              {undo && (
                <Button variant="default" onClick={undo}>
                  Undo
                </Button>
              )}
              <Button variant="default" onClick={() => saveResults(results)}>
                Save the result as CSV
              </Button>
              <Button onClick={close} data-autofocus>
                Close
              </Button>
            </>
          )}
        </Group>
      </Stack>
    </Modal>
  )
}

function saveResults(results: readonly BulkResult[]): void {
  const rows = results.map(({ name, outcome, problem, id }) => [name, outcome, problem ?? '', id])
  saveFile('result.csv', [csvText([['name', 'outcome', 'problem', 'id'], ...rows])], 'text/csv')
}

interface ResultTableProps {
  readonly ref: Ref<HTMLDivElement>
  readonly rows: readonly BulkResult[]
  readonly doneWord: string
}

function ResultTable({ ref, rows, doneWord }: ResultTableProps) {
  return (
    <div ref={ref} className={classes['results']} tabIndex={0} role="region" aria-label="Results">
      <table className={classes['table']}>
        <colgroup>
          <col className={classes['name']} />
          <col className={classes['outcome']} />
          <col />
        </colgroup>
        <tbody>
          {rows.map(({ id, name, outcome, problem }) => (
            <tr key={id}>
              <td className="breakable">{name}</td>
              <td>
                {outcome === 'done' ? (
                  <StateBadge meaning="ok" word={doneWord} />
                ) : outcome === 'refused' ? (
                  <StateBadge meaning="failure" word="Refused" />
                ) : (
                  <StateBadge meaning="neutral" word="Unchanged" />
                )}
              </td>
              <td className="breakable">{problem}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
