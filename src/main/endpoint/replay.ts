import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { createTrace, noteTexts, type Note } from '../../scim/note.ts'
import { consoleAddress, type Exchange } from '../journal/exchange.ts'
import { notesOf } from '../journal/journal-entry.ts'
import type { NewChange } from '../store/resources/changes.ts'
import type { Command, Outcome } from '../writer/command.ts'
import { captureExchange } from './capture.ts'
import { headersOf } from './endpoint.ts'
import type { EndpointParts } from './endpoint-parts.ts'
import { createRequestHandler } from './handle-request.ts'
import { splitTarget, type RequestContext } from './request-context.ts'

/** A request that is sent again. Its integration is known, so that it needs no token. */
export interface ReplayedRequest {
  readonly integrationId: number
  readonly method: string
  readonly target: string
  /** Without Authorization. */
  readonly headers: readonly { readonly name: string; readonly value: string }[]
  readonly body: string | undefined
  /** Which one of the log it repeats. */
  readonly original: number
}

export interface ReplayedAnswer {
  readonly requestId: string
  readonly status: number
  readonly headers: Readonly<Record<string, string | number>>
  /** Of a very long one its beginning. */
  readonly body: string | undefined
  readonly notes: readonly Note[]
  readonly durationMicros: number
  /** What would be changed; of a request that was sent for real the audit has it. */
  readonly changes: readonly NewChange[]
}

/** Sends requests of the log again, without a network between. */
export interface Replayer {
  /** Answers as the endpoint would, and undoes what that changed. Neither the journal nor the audit shows it. */
  rehearse(request: ReplayedRequest): Promise<ReplayedAnswer>
  /** Answers as the endpoint does; the journal shows it, with a note of what it repeats. */
  perform(request: ReplayedRequest): Promise<ReplayedAnswer>
}

/** The name by which the journal knows a request that a person sent again. */
const replayHeader = 'x-rollcall-replay-of'

/** What a request of the log cannot be sent with: the endpoint reads its body from here, in one piece and as it is. */
const leftOut: ReadonlySet<string> = new Set([
  'content-length',
  'transfer-encoding',
  'connection',
  'authorization',
  // It is not the IdP that sends it now.
  'user-agent',
])

function messageOf({ method, target, headers, body, original }: ReplayedRequest): IncomingMessage {
  const message = new IncomingMessage(new Socket())
  message.method = method
  message.url = target
  message.httpVersion = '1.1'
  const sent = headers.filter(({ name }) => !leftOut.has(name.toLowerCase()))
  if (!sent.some(({ name }) => name.toLowerCase() === 'host')) sent.push({ name: 'host', value: 'localhost' })
  sent.push({ name: 'user-agent', value: 'Rollcall console' }, { name: replayHeader, value: String(original) })
  for (const { name, value } of sent) {
    message.headers[name.toLowerCase()] = value
    message.rawHeaders.push(name, value)
  }
  if (body !== undefined && body !== '') message.push(body)
  message.push(null)
  message.complete = true
  return message
}

export function createReplayer(parts: EndpointParts, record: (exchange: Exchange) => void): Replayer {
  let count = 0

  async function answer(request: ReplayedRequest, writer: EndpointParts['writer']): Promise<ReplayedAnswer> {
    const now = parts.clock()
    const message = messageOf(request)
    const { path, search } = splitTarget(request.target)
    const context: RequestContext = {
      request: message,
      response: new ServerResponse(message),
      id: `${now.toString(36)}-replay-${(++count).toString(36)}`,
      now,
      arrival: performance.now(),
      path,
      search,
      trace: createTrace(),
      connection: {
        remoteAddress: consoleAddress,
        credentials: undefined,
        request: undefined,
        answer: undefined,
        waiting: 0,
        isVouchedFor: true,
      },
      integration: undefined,
      endpoint: undefined,
      resourceId: undefined,
      body: undefined,
    }
    const handle = createRequestHandler({
      ...parts,
      writer,
      authenticator: {
        authenticate: () => ({
          kind: 'accepted',
          tokenId: 0,
          integrationId: request.integrationId,
          isFirstUse: false,
        }),
      },
      // A person is not held up by the IdP's share, and takes nothing of it.
      rateLimiter: { take: () => undefined },
      onTokenUsed: () => undefined,
    })
    const reply = await handle(context)
    // No token was shown, so none was accepted.
    const notes: readonly Note[] = [
      { step: 'authenticate', code: 'replayed', seen: String(request.original) },
      ...notesOf(context.trace.text()).filter(({ code }) => code !== 'token-accepted'),
      { step: 'status', code: 'answered', seen: String(reply.status), count: reply.status },
    ]
    const headers = headersOf(context, reply, false)
    if (writer === parts.writer) {
      const trace = createTrace()
      trace.addText(noteTexts(notes))
      record(captureExchange({ ...context, trace }, reply, headers))
    }
    return {
      requestId: context.id,
      status: reply.status,
      headers,
      body: reply.large ? reply.large.beginning : reply.body,
      notes,
      durationMicros: Math.round((performance.now() - context.arrival) * 1000),
      changes: [],
    }
  }

  return {
    async rehearse(request) {
      const changes: NewChange[] = []
      const answered = await answer(request, {
        async execute(command: Command): Promise<Outcome> {
          if (command.kind !== 'scim' && command.kind !== 'bulk') return parts.writer.execute(command)
          const rehearsed = await parts.writer.execute({ kind: 'rehearsal', command, now: command.now })
          if (rehearsed.kind !== 'rehearsed') return rehearsed
          changes.push(...rehearsed.changes)
          return rehearsed.outcome
        },
      })
      return { ...answered, changes }
    },
    perform: (request) => answer(request, parts.writer),
  }
}
