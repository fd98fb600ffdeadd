import { createOrganisation } from '../../../idp/simulated/organisation.ts'
import { simulatedIdps, type SimulatedIdpId } from '../../../idp/simulated/simulated-idps.ts'
import type { Phase } from '../../../idp/simulated/simulated-idp.ts'
import type { Conversation, SeenAnswer, Trouble, Turn } from '../../../idp/simulated/turn.ts'
import type { TroubleCode } from '../../../idp/simulated/trouble.ts'
import type { Secret } from '../../secret.ts'
import type { Exchange } from '../exchange.ts'
import { createMadeResources, type LeftBehind } from '../made-resources.ts'
import { sendPatiently, waitingText } from '../patient-client.ts'
import { createScimClient } from '../scim-client.ts'
import { sideBySide } from '../side-by-side.ts'
import { unusableBecause } from '../unusable-endpoint.ts'
import { createFoundProblems, type FoundProblem } from './found-problems.ts'
import { createRequestFigures, type KindFigures } from './request-figures.ts'

export interface SimulationOptions {
  readonly idp: SimulatedIdpId
  /** The SCIM URL without a slash at its end. */
  readonly url: string
  readonly token: Secret
  readonly users: number
  readonly groups: number
  readonly seed: number
  /** Leaves what was made, and nobody is deprovisioned. */
  readonly keep: boolean
  readonly signal: AbortSignal
  readonly timeoutMs?: number
  /** Hears how far it is: what is going on, requests so far, troubles so far. */
  readonly progress: (phase: string, requests: number, troubles: number) => void
}

export interface SimulationReport {
  readonly displayName: string
  /** `passed` when every answer was as the identity provider needs it. */
  readonly outcome:
    | 'passed'
    | 'failed'
    | 'stopped at the connection test'
    | 'seed taken'
    | 'endpoint silent'
    | 'interrupted'
  readonly requests: readonly KindFigures[]
  /** How often an answer asked to wait. */
  readonly waits: number
  readonly problems: readonly FoundProblem[]
  readonly leftBehind: readonly LeftBehind[]
  /** How many resources were left on purpose. */
  readonly kept: number
}

/** As many as identity providers have under way at once, more or less. */
const inFlight = 4
/** After so many requests in a row without an answer nothing more is sent. */
const mostSilences = 8

/** What a connection test does not look at. */
const bearable: ReadonlySet<TroubleCode> = new Set(['filter-ignored', 'paging-wrong'])

function seenAnswer({ answer }: Exchange): SeenAnswer | undefined {
  return answer && { status: answer.status, contentType: answer.contentType, body: answer.body, text: answer.text }
}

/** Plays an identity provider against an endpoint, from the connection test to the end, and takes away what it made. */
export async function runSimulation(options: SimulationOptions): Promise<SimulationReport> {
  const { signal, progress } = options
  const idp = simulatedIdps[options.idp](createOrganisation(options.seed, options.users, options.groups))
  const client = createScimClient({
    baseUrl: options.url,
    token: options.token,
    connections: inFlight,
    ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
  })
  const made = createMadeResources(client, idp.headers, inFlight)
  const figures = createRequestFigures()
  const problems = createFoundProblems()
  let waits = 0
  let silences = 0
  let isSeedTaken = false
  const isOver = () => signal.aborted || isSeedTaken || silences >= mostSilences

  function note(turn: Turn, exchange: Exchange, { code, seen }: Trouble): void {
    const advice = code === 'not-scim' || code === 'unauthorised' ? unusableBecause(exchange) : undefined
    problems.add({
      kind: turn.kind,
      code,
      request: exchange.request,
      seen: advice ?? seen,
      consequence: idp.consequences[code],
    })
  }

  /** Keeps book of what stands at the endpoint. */
  function record({ creates, provesGone }: Turn, answer: SeenAnswer | undefined): void {
    if (provesGone !== undefined && answer?.status === 404) made.forget(provesGone)
    if (creates === undefined) return
    made.note(creates.endpoint, creates.name, answer)
  }

  /** Sends one request; undefined when there was no answer. */
  async function take(turn: Turn): Promise<SeenAnswer | undefined> {
    const sent = await sendPatiently(client, turn.request, signal, (ms) =>
      progress(waitingText(ms), figures.total(), problems.count()),
    )
    waits += sent.waits
    const answer = seenAnswer(sent.exchange)
    silences = answer === undefined ? silences + 1 : 0
    record(turn, answer)
    const trouble: Trouble | undefined = answer
      ? turn.judge(answer)
      : { code: 'no-answer', seen: sent.exchange.problem ?? 'no answer' }
    figures.add(turn.kind, sent.exchange.ms, trouble !== undefined)
    if (trouble) note(turn, sent.exchange, trouble)
    // Somebody who is not of this run is met again under other names too.
    if (trouble?.code === 'already-there') isSeedTaken = true
    return answer
  }

  async function hold(conversation: Conversation): Promise<void> {
    let step = conversation.next()
    while (step.done !== true && !isOver()) {
      const answer = await take(step.value)
      if (answer === undefined) return
      step = conversation.next(answer)
    }
  }

  function carryOut(phase: Phase): Promise<void> {
    return sideBySide(phase.conversations, inFlight, async (conversation) => {
      if (isOver()) return
      progress(phase.name, figures.total(), problems.count())
      await hold(conversation)
    })
  }

  async function carryOutAll(): Promise<SimulationReport['outcome'] | undefined> {
    for (const phase of options.keep ? idp.phases : [...idp.phases, ...idp.deprovisioning]) {
      await carryOut(phase)
      if (signal.aborted) return 'interrupted'
      if (isSeedTaken) return 'seed taken'
      if (silences >= mostSilences) return 'endpoint silent'
      if (phase.isGate === true && problems.all().some((each) => !bearable.has(each.code)))
        return 'stopped at the connection test'
    }
    return undefined
  }

  try {
    const stopped = await carryOutAll()
    const leftBehind = options.keep
      ? []
      : await made.removeAll((left) =>
          progress(`removing what was made, ${left} left`, figures.total(), problems.count()),
        )
    return {
      displayName: idp.displayName,
      outcome: stopped ?? (problems.count() > 0 ? 'failed' : 'passed'),
      requests: figures.byKind(),
      waits,
      problems: problems.all(),
      leftBehind,
      kept: options.keep ? made.count() : 0,
    }
  } finally {
    client.close()
  }
}
