import { hash } from 'node:crypto'
import type { RequestChanges } from '../../contract/request-change.ts'
import type { Replay } from '../../contract/request-replay.ts'
import { idpIds } from '../../idp/idp.ts'
import { noteSentence } from '../../idp/notes.ts'
import { isJsonObject } from '../../scim/json/json.ts'
import { Refusal } from '../administration/refusal.ts'
import type { Engine } from '../engine.ts'
import type { ReplayedAnswer } from '../endpoint/replay.ts'
import { NotFound } from './problems/not-found.ts'
import { replayableRequest, type ReplayableRequest } from './views/replayable-request.ts'
import { createRehearsals, type Rehearsals } from './rehearsals.ts'
import { requestChangeView } from './views/request-change-view.ts'
import { bodyPartOf, traceViews } from './views/request-content.ts'
import { explanationOf } from './views/request-explanation.ts'
import { namesIn } from './rosters/resource-names.ts'

/** A bulk request can change many; so many are shown. */
const mostShown = 100

/** Tells two ends of a request apart by status and changes. What was created has another id each time, so ids are numbered. */
function fingerprintOf({ status, changes }: ReplayedAnswer): string {
  let text = JSON.stringify([
    status,
    ...changes.map(({ kind, resourceId, action, attributes }) => [kind, resourceId, action, attributes ?? '']),
  ])
  const created = changes.filter(({ action }) => action === 'create')
  for (const [n, { resourceId }] of created.entries()) text = text.replaceAll(resourceId, `created ${n}`)
  return hash('sha256', text)
}

/** The name in the answer to a creation: what was rolled back is stored nowhere. */
function createdName({ body }: ReplayedAnswer, id: string): string | null {
  const created: unknown = body === undefined ? undefined : JSON.parse(body)
  if (!isJsonObject(created) || created['id'] !== id) return null
  const name = created['userName'] ?? created['displayName']
  return typeof name === 'string' ? name : null
}

async function changeViews(engine: Engine, answer: ReplayedAnswer): Promise<RequestChanges> {
  const { changes } = answer
  const shown = changes.slice(0, mostShown)
  const ids = [...new Set(shown.map(({ resourceId }) => resourceId))]
  const names = await engine.consoleReads.ask('resource-names', { ids })
  const items = shown.map((change) =>
    requestChangeView(engine, {
      // Younger than all that is stored.
      id: Number.MAX_SAFE_INTEGER,
      at: change.at,
      action: change.action,
      actor: change.actor,
      request_id: change.requestId ?? null,
      attributes: change.attributes ?? null,
      kind: change.kind,
      resource_id: change.resourceId,
      name: names.get(change.resourceId) ?? createdName(answer, change.resourceId),
    }),
  )
  return { items, total: changes.length, names: await namesIn(engine, items) }
}

interface Outcome {
  /** For real, or the same as `rehearsed`. */
  readonly answer: ReplayedAnswer
  readonly rehearsed: ReplayedAnswer
  /** The id of the dry run. */
  readonly rehearsal: string
}

async function view(
  engine: Engine,
  { integration, request, onlyDryRun }: ReplayableRequest,
  { answer, rehearsed, rehearsal }: Outcome,
): Promise<Replay> {
  const isDryRun = answer === rehearsed
  const idp = idpIds.find((id) => id === integration.idp)
  const codes = answer.notes.map(({ code }) => code)
  const scimType = answer.notes.find(({ code }) => code === 'declined')?.expected
  const endpoint = answer.notes.find(({ code }) => code === 'routed')?.seen
  return {
    isDryRun,
    status: answer.status,
    headers: Object.entries(answer.headers).map(([name, value]) => ({ name, value: String(value) })),
    body: bodyPartOf(answer.body),
    trace: traceViews(answer.notes.map((note) => Object.assign({ sentence: noteSentence(note, idp) }, note))),
    explanation: explanationOf({ status: answer.status, scimType, codes, endpoint, method: request.method, idp }),
    changes: await changeViews(engine, rehearsed),
    durationMicros: answer.durationMicros,
    rehearsal,
    requestId: isDryRun ? null : answer.requestId,
    onlyDryRun: onlyDryRun ?? null,
  }
}

/** The dry runs of each engine: a restore opens another one, and none of them holds for that. */
const rehearsals = new WeakMap<Engine, Rehearsals>()

function rehearsalsOf(engine: Engine): Rehearsals {
  const known = rehearsals.get(engine) ?? createRehearsals()
  rehearsals.set(engine, known)
  return known
}

/**
 * Sends a request of the log again: in a dry run without a rehearsal, for real with that of a dry run, once. Throws `NotFound` and `Refusal`,
 * the latter with reason `changed` when something else would happen than in the dry run.
 */
export async function replayRequest(
  engine: Engine,
  { id, rehearsal }: { readonly id: number; readonly rehearsal: string | null },
): Promise<Replay> {
  const known = rehearsalsOf(engine)
  if (rehearsal === null) {
    const { replayable, rehearsed } = await rehearse(engine, id)
    return view(engine, replayable, {
      answer: rehearsed,
      rehearsed,
      rehearsal: known.add(id, fingerprintOf(rehearsed)),
    })
  }
  return known.send(rehearsal, id, async (fingerprint) => {
    const { replayable, replayer, rehearsed } = await rehearse(engine, id)
    if (replayable.onlyDryRun !== undefined) throw new Refusal(replayable.onlyDryRun)
    if (fingerprintOf(rehearsed) !== fingerprint)
      throw new Refusal(
        'Something else would happen by now than in the dry run. Look at a new dry run first.',
        'changed',
      )
    // The views compare with what is stored, so they are made before it changes.
    const before = await view(engine, replayable, { answer: rehearsed, rehearsed, rehearsal })
    const answer = await replayer.perform(replayable.request)
    return { ...(await view(engine, replayable, { answer, rehearsed, rehearsal })), changes: before.changes }
  })
}

async function rehearse(engine: Engine, id: number) {
  const detail = await engine.consoleReads.ask('request-detail', { id })
  if (!detail || detail.lost !== undefined) throw new NotFound('The log does not have this request any more.')
  const replayable = replayableRequest(engine, detail)
  const replayer = engine.endpoint.replayer()
  if (!replayer) throw new Refusal('The SCIM endpoint is stopped. Let it listen again, then send the request again.')
  return { replayable, replayer, rehearsed: await replayer.rehearse(replayable.request) }
}
