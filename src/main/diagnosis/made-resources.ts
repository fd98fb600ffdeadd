import { isSameName, items, member, nameOf, textOf } from '../../idp/simulated/answer-content.ts'
import type { JsonValue } from '../../scim/json/json.ts'
import type { Answer, Exchange } from './exchange.ts'
import { createOutagePatience, longestWaitMs, sendPatiently } from './patient-client.ts'
import type { OutgoingRequest, ScimClient } from './scim-client.ts'
import { sideBySide } from './side-by-side.ts'

export type Endpoint = '/Users' | '/Groups'

export interface MadeResource {
  readonly endpoint: Endpoint
  readonly id: string
  /** The userName or displayName that it was given. */
  readonly name: string
}

/** What stands at the endpoint because of us, so that all of it can be taken away, and nothing else. */
export interface MadeResources {
  add(made: MadeResource): void
  /** Something that may be there. It is looked for by its name, which nobody else has. */
  addUncertain(endpoint: Endpoint, name: string): void
  /** Notes what a create has left, as far as its answer says; undefined where there was none. */
  note(endpoint: Endpoint, name: string, answer: CreateAnswer | undefined): void
  forget(id: string): void
  count(): number
  /** Removes everything, groups first. Returns what could not be removed. */
  removeAll(progress?: (left: number) => void): Promise<readonly LeftBehind[]>
}

type CreateAnswer = Pick<Answer, 'status' | 'body'>

export interface LeftBehind {
  readonly endpoint: Endpoint
  /** Undefined where it is not known whether it is there. */
  readonly id: string | undefined
  readonly name: string
  readonly reason: string
}

interface NotRemoved {
  readonly reason: string
  readonly isSilent: boolean
}

const gone: NotRemoved = { reason: 'The endpoint does not answer any more.', isSilent: true }

/** An endpoint that does not answer any more is not asked about each of thousands. */
const mostSilences = 3

function found(body: JsonValue | undefined, name: string): string | undefined {
  // The name is compared here too: an endpoint that ignores filters names everybody.
  const same = items(member(body, 'Resources')).filter((each) => isSameName(nameOf(each) ?? '', name))
  return same.length === 1 ? textOf(same[0], 'id') : undefined
}

/** `atOnce` is how many are removed side by side. Once `abandoned` is given, nobody waits for an endpoint that asks for it. */
export function createMadeResources(
  client: ScimClient,
  headers: Readonly<Record<string, string>>,
  atOnce: number,
  abandoned: AbortSignal | undefined,
): MadeResources {
  const made = new Map<string, MadeResource>()
  const uncertain: { readonly endpoint: Endpoint; readonly name: string }[] = []

  function addUncertain(endpoint: Endpoint, name: string): void {
    uncertain.push({ endpoint, name })
  }

  /** Also after an interruption, what was made is removed as patiently as an endpoint asks for. */
  const end = abandoned ?? new AbortController().signal
  const patience = createOutagePatience(atOnce * longestWaitMs)
  const send = async (request: OutgoingRequest): Promise<Exchange> =>
    (await sendPatiently(client, { ...request, headers }, end, undefined, patience)).exchange

  /** Looks for what may be there. Returns that of which nothing can be found out. */
  async function findUncertain(): Promise<readonly LeftBehind[]> {
    const unknown: LeftBehind[] = []
    let silences = 0
    for (const { endpoint, name } of uncertain.splice(0)) {
      const attribute = endpoint === '/Users' ? 'userName' : 'displayName'
      const path = `${endpoint}?filter=${encodeURIComponent(`${attribute} eq "${name}"`)}`
      const answer = silences < mostSilences ? (await send({ method: 'GET', path })).answer : undefined
      silences = answer === undefined ? silences + 1 : 0
      const id = found(answer?.body, name)
      if (id !== undefined) made.set(id, { endpoint, id, name })
      else if (answer?.status !== 200 && answer?.status !== 404)
        unknown.push({ endpoint, id, name, reason: 'It may be there: neither its create nor a look-up was answered.' })
    }
    return unknown
  }

  /** Why it is still there; undefined once it is gone. */
  async function remove({ endpoint, id }: MadeResource): Promise<NotRemoved | undefined> {
    const path = `${endpoint}/${encodeURIComponent(id)}`
    const removal = await send({ method: 'DELETE', path })
    if (removal.answer === undefined) return { reason: removal.problem ?? 'No answer.', isSilent: true }
    if (removal.answer.status === 404) return undefined
    // Whether it is gone is said by a read: there are endpoints that answer 204 and keep everything.
    const read = await send({ method: 'GET', path })
    if (read.answer?.status === 404 || read.answer?.status === 410) return undefined
    return {
      reason: `DELETE was answered with ${removal.answer.status}, and a read afterwards with ${read.answer?.status ?? 'nothing'}.`,
      isSilent: false,
    }
  }

  return {
    add: (resource) => void made.set(resource.id, resource),
    addUncertain,
    note(endpoint, name, answer) {
      const isRefused = answer !== undefined && answer.status >= 300 && answer.status < 500
      if (isRefused) return
      const id = answer && answer.status < 300 ? textOf(answer.body, 'id') : undefined
      const isOurs = isSameName(nameOf(answer?.body) ?? name, name)
      // A proxy that gave up says nothing of what became of the request; and an answer about somebody else nothing of ours.
      if (id !== undefined && isOurs) made.set(id, { endpoint, id, name })
      else addUncertain(endpoint, name)
    },
    forget: (id) => void made.delete(id),
    count: () => made.size + uncertain.length,
    async removeAll(progress = () => undefined) {
      const left = [...(await findUncertain())]
      let silences = 0
      async function take(resource: MadeResource): Promise<void> {
        progress(made.size)
        const failure = silences >= mostSilences ? gone : await remove(resource)
        silences = failure?.isSilent === true ? silences + 1 : 0
        if (failure) left.push({ ...resource, reason: failure.reason })
        else made.delete(resource.id)
      }
      const all = [...made.values()]
      const of = (endpoint: Endpoint) => all.filter((each) => each.endpoint === endpoint)
      await sideBySide(of('/Groups'), atOnce, take)
      await sideBySide(of('/Users'), atOnce, take)
      return left
    },
  }
}
