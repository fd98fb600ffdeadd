import type { ImportRow, ImportState } from '../../contract/imports.ts'
import { csvLine, usualColumns } from '../export/export-users.ts'
import type { Engine } from '../engine.ts'
import type { ImportSession } from '../import/import-session.ts'
import type { ForecastLine } from '../import/import-state.ts'
import { api } from './api.ts'
import { creditWindow } from './streams/credit-window.ts'
import { directoryIdOf } from './rosters/directory-id.ts'
import { NotFound } from './problems/not-found.ts'

/** How often the state is told at most, in ms. */
const tellEveryMs = 100
/** What changes of one line, at most. */
const mostChanges = 10

function sessionOf({ imports }: Engine, id: string): ImportSession {
  const session = imports.find(id)
  if (!session)
    throw new NotFound(
      'This import is not there any more: Rollcall was restarted, or the file was put away. Choose the file again; whoever was imported will be unchanged.',
    )
  return session
}

function view(session: ImportSession): ImportState {
  const { done, of, columns, forecast, result, problem, ...rest } = session.state()
  return {
    ...rest,
    problem: problem ?? null,
    progress: { done, of },
    columns: [...columns],
    forecast: { ...forecast },
    result: { ...result },
  }
}

function rowView(line: ForecastLine): ImportRow {
  return {
    line: line.line,
    userName: line.userName,
    outcome: line.outcome,
    problem: line.problem ?? null,
    isManaged: line.isManaged,
    formerOf: line.formerOf ?? null,
    // JSON, which has been parsed, for the contract, which wants arrays that could be changed.
    changes: line.changes.slice(0, mostChanges) as ImportRow['changes'],
  }
}

/** Resolves after the next change that is worth telling, or when the signal is aborted. */
function untilChanged(session: ImportSession, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const soon = () => void setTimeout(resolve, tellEveryMs)
  const stop = session.subscribe(soon)
  const ended = () => resolve()
  signal.addEventListener('abort', ended)
  return promise.finally(() => {
    stop()
    // The signal is that of the whole stream, which waits for many changes.
    signal.removeEventListener('abort', ended)
  })
}

export const imports = {
  begin: api.imports.begin.handler(async ({ input, context: { parts } }) => {
    const directoryId = directoryIdOf(parts.engine, input.directory)
    const session = await parts.engine.imports.begin({ ...input, directoryId })
    return { id: session.state().id }
  }),
  send: api.imports.send.handler(async ({ input, context: { parts } }) => {
    const piece = new Uint8Array(await input.piece.arrayBuffer())
    return { received: await sessionOf(parts.engine, input.id).receive(input.at, piece) }
  }),
  watch: api.imports.watch.handler(async function* ({ input, signal, context: { parts } }) {
    const session = sessionOf(parts.engine, input.id)
    let told: unknown
    yield* creditWindow<ImportState>({
      subscription: input.subscription,
      signal,
      from: 0,
      read(position) {
        const bug = session.bug()
        if (bug !== undefined) return Promise.reject(bug)
        if (told === session.state()) return Promise.resolve({ items: [], position, dropped: 0 })
        told = session.state()
        return Promise.resolve({ items: [view(session)], position: position + 1, dropped: 0 })
      },
      untilNews: (ended) => (told === session.state() ? untilChanged(session, ended) : Promise.resolve()),
    })
  }),
  rows: api.imports.rows.handler(({ input, context: { parts } }) => {
    const { items, total } = sessionOf(parts.engine, input.id).lines(
      input.outcome ?? undefined,
      input.offset,
      input.limit,
    )
    return { items: items.map(rowView), total }
  }),
  run: api.imports.run.handler(({ input, context: { parts } }) => {
    sessionOf(parts.engine, input.id).run(input.skipManaged)
    return { started: true }
  }),
  cancel: api.imports.cancel.handler(({ input, context: { parts } }) => ({
    cancelled: sessionOf(parts.engine, input.id).cancel(),
  })),
  report: api.imports.report.handler(async function* ({ input, signal, context: { parts } }) {
    const pieces = sessionOf(parts.engine, input.id).report()[Symbol.asyncIterator]()
    let isOver = false
    try {
      yield* creditWindow<string>({
        subscription: input.subscription,
        signal,
        from: 0,
        async read(position) {
          const step = isOver ? undefined : await pieces.next()
          isOver = step === undefined || step.done === true
          return {
            items: step === undefined || step.done === true ? [] : [step.value],
            position: position + 1,
            dropped: 0,
          }
        },
        untilNews: () => Promise.resolve(),
        isOver: () => isOver,
      })
    } finally {
      await pieces.return?.(undefined)
    }
  }),
  discard: api.imports.discard.handler(async ({ input, context: { parts } }) => {
    await parts.engine.imports.discard(input.id)
    return { id: input.id }
  }),
  template: api.imports.template.handler(({ input, context: { parts } }) => {
    directoryIdOf(parts.engine, input.directory)
    const example = ['ana.moss@example.com', 'Ana Moss', 'Ana', 'Moss', 'true', 'user', 'ana.moss@example.com']
    return { csv: csvLine(usualColumns) + csvLine(example) }
  }),
}
