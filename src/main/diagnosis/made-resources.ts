import { isJsonObject, type JsonValue } from '../../scim/json.ts'
import type { ScimClient } from './scim-client.ts'
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
  /** Something whose create was not answered: it may be there. It is looked for by its name, which nobody else has. */
  addUncertain(endpoint: Endpoint, name: string): void
  forget(id: string): void
  count(): number
  /** Removes everything, groups first. Returns what could not be removed. */
  removeAll(progress?: (left: number) => void): Promise<readonly LeftBehind[]>
}

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

function found(body: JsonValue | undefined, attribute: string, name: string): string | undefined {
  const resources = isJsonObject(body) ? body['Resources'] : undefined
  // The name is compared here too: an endpoint that ignores filters names everybody.
  const same = (Array.isArray(resources) ? resources : []).filter(
    (each: JsonValue) =>
      isJsonObject(each) &&
      typeof each[attribute] === 'string' &&
      each[attribute].toLowerCase() === name.toLowerCase() &&
      typeof each['id'] === 'string',
  )
  const [first] = same
  return same.length === 1 && isJsonObject(first) && typeof first['id'] === 'string' ? first['id'] : undefined
}

/** `atOnce` is how many are removed side by side. */
export function createMadeResources(
  client: ScimClient,
  headers: Readonly<Record<string, string>>,
  atOnce: number,
): MadeResources {
  const made = new Map<string, MadeResource>()
  const uncertain: { readonly endpoint: Endpoint; readonly name: string }[] = []

  /** Looks for what may be there. Returns that of which nothing can be found out. */
  async function findUncertain(): Promise<readonly LeftBehind[]> {
    const unknown: LeftBehind[] = []
    for (const { endpoint, name } of uncertain.splice(0)) {
      const attribute = endpoint === '/Users' ? 'userName' : 'displayName'
      const filter = encodeURIComponent(`${attribute} eq "${name}"`)
      const { answer } = await client.send({ method: 'GET', path: `${endpoint}?filter=${filter}`, headers })
      const id = found(answer?.body, attribute, name)
      if (id !== undefined) made.set(id, { endpoint, id, name })
      else if (answer?.status !== 200 && answer?.status !== 404)
        unknown.push({ endpoint, id, name, reason: 'It may be there: neither its create nor a look-up was answered.' })
    }
    return unknown
  }

  /** Why it is still there; undefined once it is gone. */
  async function remove({ endpoint, id }: MadeResource): Promise<NotRemoved | undefined> {
    const path = `${endpoint}/${encodeURIComponent(id)}`
    const removal = await client.send({ method: 'DELETE', path, headers })
    if (removal.answer === undefined) return { reason: removal.problem ?? 'No answer.', isSilent: true }
    if (removal.answer.status === 404) return undefined
    // Whether it is gone is said by a read: there are endpoints that answer 204 and keep everything.
    const read = await client.send({ method: 'GET', path, headers })
    if (read.answer?.status === 404 || read.answer?.status === 410) return undefined
    return {
      reason: `DELETE was answered with ${removal.answer.status}, and a read afterwards with ${read.answer?.status ?? 'nothing'}.`,
      isSilent: false,
    }
  }

  return {
    add: (resource) => void made.set(resource.id, resource),
    addUncertain: (endpoint, name) => void uncertain.push({ endpoint, name }),
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
