import type {
  ConversionOptions as OptionsView,
  Plan as PlanView,
  PlannedUser as PlannedUserView,
  PreviewStanding as StandingView,
} from '../../contract/conversions.ts'
import { fold } from '../../scim/text/fold.ts'
import { unreachable } from '../../scim/unreachable.ts'
import { Refusal } from '../administration/refusal.ts'
import { parseConversionOptions, type ConversionOptions } from '../conversion/targets/conversion-options.ts'
import { planIdOf } from '../conversion/run/job-input.ts'
import { mappingCsv } from '../conversion/lists/mapping-csv.ts'
import type { PlannedUser } from '../conversion/plan/planned-user.ts'
import type { Plan } from '../conversion/plan/plans.ts'
import type { PreviewStanding } from '../conversion/plan/preview-work.ts'
import { plannedReason, reasonSentence } from '../conversion/reasons.ts'
import { tryOut } from '../conversion/targets/try-out.ts'
import { listedUserIds, soughtUserNames } from '../conversion/lists/user-id-lists.ts'
import { readCsvRecords } from '../text/csv-records.ts'
import type { Engine } from '../engine.ts'
import type { TextUploads } from '../text-uploads.ts'
import { api } from './api.ts'
import type { ApiParts } from './api-context.ts'
import { creditWindow } from './streams/credit-window.ts'
import { directoryIdOf } from './rosters/directory-id.ts'
import { NotFound } from './problems/not-found.ts'
import { pause } from './streams/pause.ts'
import { lineStream } from './streams/line-stream.ts'
import { toldProblem } from './problems/told-problem.ts'

/** How often is looked how far a preview has come, in ms. */
const lookEveryMs = 150
const examples = 5

function optionsOf(view: OptionsView, hasList: boolean): ConversionOptions {
  const { domain, pattern, domainMap, ...rest } = view
  const twice = domainMap.find((each, n) => domainMap.findIndex((other) => other.from === each.from) !== n)
  if (twice) throw new Refusal(`The domain "${twice.from}" is mapped twice.`)
  const wrong = [domain ?? '', ...domainMap.map((each) => each.to)].find(
    (each) => each !== '' && !/^[^\s@]+\.[^\s@.]+$/u.test(each),
  )
  if (wrong !== undefined) throw new Refusal(`"${wrong}" is no domain. A domain looks like example.com.`)
  const old = domainMap.find((each) => /[\s@]/u.test(each.from))
  if (old) throw new Refusal(`"${old.from}" is no domain. Write it without "@", e.g. corp.local.`)
  return parseConversionOptions({
    ...rest,
    hasList,
    domainMap: Object.fromEntries(domainMap.map(({ from, to }) => [from, to])),
    ...(domain ? { domain } : {}),
    ...(pattern ? { pattern } : {}),
  })
}

function optionsView({ domain, pattern, domainMap, ...rest }: ConversionOptions) {
  return {
    ...rest,
    domain: domain ?? null,
    pattern: pattern ?? null,
    domainMap: Object.entries(domainMap).map(([from, to]) => ({ from, to })),
  }
}

function planView(engine: Engine, { id, head, counts, fixes, match, jobId }: Plan): PlanView {
  const isConversion = head.purpose === 'conversion'
  const job = jobId === undefined ? undefined : engine.reads.jobs.byId(jobId)
  const isKnown = job !== undefined && planIdOf(job) === id
  const unused = engine.conversions.unusedOfList(id)
  return {
    id,
    directory: engine.reads.directories.all().find((each) => each.id === head.directoryId)?.slug ?? '',
    createdAt: head.createdAt,
    undoes: isConversion ? null : head.jobId,
    options: isConversion ? optionsView(head.options) : null,
    counts,
    total: Object.values(counts).reduce((sum, count) => sum + count, 0),
    decisions: fixes,
    match: match ?? null,
    job: isKnown ? (jobId ?? null) : null,
    isOfOtherData: jobId !== undefined && !isKnown,
    unusedOfList: { count: unused.count, first: [...unused.first] },
  }
}

function userView(user: PlannedUser): PlannedUserView {
  return {
    seq: user.seq,
    id: user.id,
    userName: user.userName,
    outcome: user.outcome,
    target: user.target ?? null,
    origin: user.origin ?? null,
    reason: plannedReason(user) ?? null,
    rival: user.rival ?? null,
    others: user.others ?? 0,
    isScimManaged: user.isScimManaged,
    decision: user.fix ?? null,
    decisions: [...user.fixes],
  }
}

const idle: StandingView = {
  id: null,
  undoes: null,
  state: 'idle',
  phase: 'users',
  done: 0,
  total: 0,
  plan: null,
  problem: null,
}

function standingView(parts: ApiParts, standing: PreviewStanding | undefined): StandingView {
  if (!standing) return idle
  const { id, undoes, progress, end } = standing
  const view: StandingView = { ...idle, ...progress, id, undoes: undoes ?? null, state: 'working' }
  switch (end?.kind) {
    case undefined:
      return view
    case 'done':
      return { ...view, state: 'done', plan: end.planId }
    case 'cancelled':
      return { ...view, state: 'cancelled' }
    case 'failed':
      return { ...view, state: 'failed', problem: toldProblem(parts, end.problem) }
    default:
      return unreachable(end)
  }
}

function recordsOf(uploads: TextUploads, name: string, upload: string) {
  const { start, pieces } = uploads.take(upload)
  return readCsvRecords(name, start, pieces)
}

function filterOf({ outcome, text }: { readonly outcome: PlannedUser['outcome'] | null; readonly text: string }) {
  return { outcome: outcome ?? undefined, startsWith: text === '' ? undefined : text }
}

/** The `Refusal` of a preview that is gone, as what it is to a page: an address that leads nowhere. */
function planOf(engine: Engine, id: string): Plan {
  try {
    return engine.conversions.plan(id)
  } catch (error) {
    if (error instanceof Refusal) throw new NotFound(error.message)
    throw error
  }
}

export const conversions = {
  tryOut: api.conversions.tryOut.handler(({ input, context: { parts } }) => {
    const { engine } = parts
    const directoryId = directoryIdOf(engine, input.directory)
    const tried = tryOut(engine.reads, directoryId, optionsOf(input.options, input.hasList), examples)
    if (!tried.ok) return { problem: tried.problem, users: [] }
    return {
      problem: null,
      users: tried.users.map(({ id, userName, target, origin, reason }) => ({
        id,
        userName,
        target: target ?? null,
        origin: origin ?? null,
        reason: reason === undefined ? null : reasonSentence(reason),
      })),
    }
  }),
  upload: api.conversions.upload.handler(({ input, context: { parts } }) =>
    parts.engine.uploads.add(input.upload, input.text),
  ),
  beginPreview: api.conversions.beginPreview.handler(({ input, context: { parts } }) => {
    const { conversions: engine, previewWork, uploads } = parts.engine
    const directoryId = directoryIdOf(parts.engine, input.directory)
    const options = optionsOf(input.options, input.list !== null)
    const checked = tryOut(parts.engine.reads, directoryId, options, 0)
    if (!checked.ok) throw new Refusal(checked.problem)
    const list = input.list === null ? undefined : listedUserIds('the list', recordsOf(uploads, 'The list', input.list))
    const sought = input.sought === null ? undefined : soughtUserNames(recordsOf(uploads, 'The list', input.sought))
    const standing = previewWork.begin(directoryId, undefined, (watch) =>
      engine.preview({ directoryId, options, list, sought }, watch),
    )
    return standingView(parts, standing)
  }),
  beginUndoPreview: api.conversions.beginUndoPreview.handler(({ input, context: { parts } }) => {
    const { conversions: engine, previewWork } = parts.engine
    const directoryId = directoryIdOf(parts.engine, input.directory)
    const standing = previewWork.begin(directoryId, input.job, (watch) =>
      engine.previewUndo(directoryId, input.job, watch),
    )
    return standingView(parts, standing)
  }),
  followPreview: api.conversions.followPreview.handler(async function* ({ input, signal, context: { parts } }) {
    const { previewWork } = parts.engine
    const directoryId = directoryIdOf(parts.engine, input.directory)
    let sent = ''
    yield* creditWindow<StandingView>({
      subscription: input.subscription,
      signal,
      from: 0,
      read(position) {
        const item = standingView(parts, previewWork.standing(directoryId))
        const text = JSON.stringify(item)
        if (text === sent) return Promise.resolve({ items: [], position, dropped: 0 })
        sent = text
        return Promise.resolve({ items: [item], position: position + 1, dropped: 0 })
      },
      untilNews: (ended) => pause(lookEveryMs, ended),
    })
  }),
  cancelPreview: api.conversions.cancelPreview.handler(({ input, context: { parts } }) =>
    parts.engine.previewWork.cancel(directoryIdOf(parts.engine, input.directory)),
  ),
  latest: api.conversions.latest.handler(({ input, context: { parts } }) => {
    const plan = parts.engine.conversions.latest(directoryIdOf(parts.engine, input.directory))
    return plan ? planView(parts.engine, plan) : null
  }),
  plan: api.conversions.plan.handler(({ input, context: { parts } }) =>
    planView(parts.engine, planOf(parts.engine, input.id)),
  ),
  users: api.conversions.users.handler(async ({ input, context: { parts } }) => {
    const { id, after, limit } = input
    planOf(parts.engine, id)
    const filter = filterOf(input.filter)
    const found = await parts.engine.consoleReads.ask('planned-users', { id, filter, after, limit })
    return { items: found.map(userView), next: found.length < limit ? null : (found.at(-1)?.seq ?? null) }
  }),
  user: api.conversions.user.handler(({ input, context: { parts } }) => {
    const { conversions: engine } = parts.engine
    planOf(parts.engine, input.id)
    const user = engine.user(input.id, input.user)
    if (!user) throw new NotFound('There is no such user in the preview.')
    return { ...userView(user), suggestion: engine.suggest(input.id, input.user) ?? null }
  }),
  decide: api.conversions.decide.handler(async ({ input, context: { parts } }) => {
    const { conversions: engine } = parts.engine
    const plan = await engine.decide(input.id, input.user, input.decision)
    const user = engine.user(input.id, input.user)
    if (!user) throw new NotFound('There is no such user in the preview.')
    return { plan: planView(parts.engine, plan), user: userView(user) }
  }),
  match: api.conversions.match.handler(({ input, signal, context: { parts } }) => {
    const { conversions: engine, uploads } = parts.engine
    planOf(parts.engine, input.id)
    return engine.match(input.id, soughtUserNames(recordsOf(uploads, 'The list', input.sought)), { signal })
  }),
  soughtAnew: api.conversions.soughtAnew.handler(async ({ input, context: { parts } }) => {
    const items = await parts.engine.consoleReads.ask('sought-anew', input)
    const last = items.at(-1)
    return { items: [...items], next: items.length < input.limit || last === undefined ? null : fold(last) }
  }),
  leftBehind: api.conversions.leftBehind.handler(async ({ input, context: { parts } }) => {
    const found = await parts.engine.consoleReads.ask('left-behind', input)
    return {
      items: found.map(({ seq, userName, target }) => ({ seq, userName, target: target ?? null })),
      next: found.length < input.limit ? null : (found.at(-1)?.seq ?? null),
    }
  }),
  export: api.conversions.export.handler(async function* ({ input, signal, context: { parts } }) {
    planOf(parts.engine, input.id)
    const { subscription, id } = input
    yield* lineStream({ subscription, signal }, parts.engine.conversions.csv(id, filterOf(input.filter)))
  }),
  start: api.conversions.start.handler(async ({ input, context: { parts } }) => ({
    job: await parts.engine.conversions.start(input.id),
  })),
  mapping: api.conversions.mapping.handler(async function* ({ input, signal, context: { parts } }) {
    const { conversions: engine, jobs } = parts.engine
    const directoryId = directoryIdOf(parts.engine, input.directory)
    if (input.job !== null && jobs.get(input.job)?.directoryId !== directoryId)
      throw new NotFound(`There is no job ${input.job} in this directory.`)
    const { subscription } = input
    yield* lineStream({ subscription, signal }, mappingCsv(engine.mapping(directoryId, input.job ?? undefined)))
  }),
  lookUp: api.conversions.lookUp.handler(({ input, context: { parts } }) => {
    const directoryId = directoryIdOf(parts.engine, input.directory)
    const key = fold(input.userName)
    return parts.engine.conversions
      .lookUp(directoryId, input.userName)
      .map(({ id, userName }) => ({ id, userName, isPresent: fold(userName) === key }))
  }),
}
