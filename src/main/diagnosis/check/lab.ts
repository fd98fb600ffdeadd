import { isSameName, nameOf, textOf } from '../../../idp/simulated/answer-content.ts'
import type { JsonObject } from '../../../scim/json/json.ts'
import { groupSchemaUrn, patchOpUrn, userSchemaUrn } from '../../../scim/urn.ts'
import type { Answer, Exchange } from '../exchange.ts'
import type { Endpoint, MadeResources } from '../made-resources.ts'
import { sendPatiently, type OutagePatience } from '../patient-client.ts'
import type { OutgoingRequest, ScimClient } from '../scim-client.ts'
import type { Capabilities } from './capabilities.ts'
import { noteMade } from './note-made.ts'

/** A request got no answer at all. The message is the sentence that says why. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
}

/** What a check needs could not be made, which another check tells about. */
export class CannotPrepare extends Error {
  override readonly name = 'CannotPrepare'
}

export interface MadeUser {
  readonly id: string
  readonly path: string
  readonly userName: string
  readonly answer: Answer
}

export interface MadeGroup {
  readonly id: string
  readonly path: string
  readonly displayName: string
  readonly answer: Answer
}

/** What checks work with. Whatever is created through it is noted, and removed in the end. */
export interface Lab {
  readonly capabilities: Capabilities
  /** Sends what nothing below does. Throws `NoAnswer`. */
  send(request: OutgoingRequest): Promise<Answer>
  /** What a stranger gets, without a token or with a wrong one. Asked once: endpoints slow down whoever guesses. */
  strange(token: 'none' | 'wrong'): Promise<Answer>
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer>
  post(path: string, body: JsonObject): Promise<Answer>
  put(path: string, body: JsonObject, headers?: Readonly<Record<string, string>>): Promise<Answer>
  patch(path: string, ...operations: readonly JsonObject[]): Promise<Answer>
  remove(path: string): Promise<Answer>
  find(endpoint: Endpoint, filter: string, parameters?: Readonly<Record<string, string>>): Promise<Answer>
  /** A userName that nobody has yet. */
  freshName(): string
  /** The body of a user of this name. */
  userBody(userName: string, more?: JsonObject): JsonObject
  /** Makes a user. Throws `CannotPrepare` when that fails. */
  user(more?: JsonObject & { readonly userName?: string }): Promise<MadeUser>
  group(members?: readonly MadeUser[]): Promise<MadeGroup>
}

export const scimHeaders = { Accept: 'application/scim+json', 'User-Agent': 'Rollcall check' } as const
const writing = { ...scimHeaders, 'Content-Type': 'application/scim+json' } as const

interface LabParts {
  readonly client: ScimClient
  readonly made: MadeResources
  readonly capabilities: Capabilities
  /** What everybody that is made is called at the beginning. */
  readonly marker: string
  readonly signal: AbortSignal
  /** Hears for how many ms the endpoint asks to wait. */
  readonly onWait: (ms: number) => void
  /** How long it is waited for together while the endpoint is out of service. */
  readonly patience: OutagePatience
  /** Hears of every exchange, for the report. */
  readonly record: (exchange: Exchange) => void
}

/** Where something that was made is, as far as the answer to its create says. */
export function pathOf(endpoint: Endpoint, answer: Answer): string {
  return `${endpoint}/${encodeURIComponent(textOf(answer.body, 'id') ?? '')}`
}

export function createLab({ client, made, capabilities, marker, signal, onWait, patience, record }: LabParts): Lab {
  let number = 0
  const strangers = new Map<'none' | 'wrong', Exchange>()

  async function send(request: OutgoingRequest): Promise<Answer> {
    const { exchange } = await sendPatiently(client, request, signal, onWait, patience)
    noteMade(made, request, exchange.answer)
    return answerOf(exchange)
  }

  function answerOf(exchange: Exchange): Answer {
    record(exchange)
    if (exchange.answer === undefined) throw new NoAnswer(exchange.problem ?? 'No answer.')
    return exchange.answer
  }

  function createdId(answer: Answer, what: string, name: string): string {
    const id = textOf(answer.body, 'id')
    const isOurs = isSameName(nameOf(answer.body) ?? name, name)
    // A status of success other than 201 is a mistake of its own, and no reason to look at nothing else.
    if (answer.status >= 300 || id === undefined || !isOurs)
      throw new CannotPrepare(`a ${what} that this needs could not be created (status ${answer.status})`)
    return id
  }

  const lab: Lab = {
    capabilities,
    send,
    async strange(token) {
      const path = '/Users?startIndex=1&count=1'
      const exchange = strangers.get(token) ?? (await client.send({ method: 'GET', path, headers: scimHeaders, token }))
      strangers.set(token, exchange)
      return answerOf(exchange)
    },
    get: (path, headers = {}) => send({ method: 'GET', path, headers: { ...scimHeaders, ...headers } }),
    post: (path, body) => send({ method: 'POST', path, headers: writing, body }),
    put: (path, body, headers = {}) => send({ method: 'PUT', path, headers: { ...writing, ...headers }, body }),
    patch: (path, ...operations) =>
      send({ method: 'PATCH', path, headers: writing, body: { schemas: [patchOpUrn], Operations: operations } }),
    remove: (path) => send({ method: 'DELETE', path, headers: scimHeaders }),
    find: (endpoint, filter, parameters = {}) =>
      lab.get(`${endpoint}?${new URLSearchParams({ filter, ...parameters }).toString().replaceAll('+', '%20')}`),
    freshName() {
      number += 1
      return `${marker}-${number}@example.com`
    },
    userBody: (userName, more = {}) => ({
      schemas: [userSchemaUrn],
      userName,
      name: { givenName: 'Check', familyName: 'Person' },
      displayName: 'Check Person',
      emails: [{ value: userName, type: 'work', primary: true }],
      active: true,
      ...more,
    }),
    async user({ userName = lab.freshName(), ...more } = {}) {
      const answer = await lab.post('/Users', lab.userBody(userName, more))
      const id = createdId(answer, 'user', userName)
      return { id, path: pathOf('/Users', answer), userName, answer }
    },
    async group(members = []) {
      number += 1
      const displayName = `${marker} group ${number}`
      const answer = await lab.post('/Groups', {
        schemas: [groupSchemaUrn],
        displayName,
        ...(members.length === 0 ? {} : { members: members.map((each) => ({ value: each.id })) }),
      })
      const id = createdId(answer, 'group', displayName)
      return { id, path: pathOf('/Groups', answer), displayName, answer }
    },
  }
  return lab
}
