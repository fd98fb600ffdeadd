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
  /** Answers that are longer are not read. */
  readonly mostBytes?: number
  /** Once it is given, nothing is sent any more, not even to clean up. */
  readonly abandoned?: AbortSignal
  readonly progress: (progress: SimulationProgress) => void
}

/** How far a simulation is. */
export interface SimulationProgress {
  /** What is going on. */
  readonly phase: string
  /** So far. */
  readonly requests: number
  /** So far. */
  readonly troubles: number
  /** Of `all` conversations so many are over; of a phase that had fewer than foreseen, all are. */
  readonly done: number
  readonly all: number
  /** Nothing else is sent than what takes away what was made. */
  readonly isRemoving: boolean
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

/** Troubles about which more can be said than what was seen: the endpoint, or the token, is another one than was meant. */
const advisable: ReadonlySet<TroubleCode> = new Set(['not-scim', 'unauthorised', 'redirected'])

/** What a connection test does not look at. */
const bearable: ReadonlySet<TroubleCode> = new Set(['filter-ignored', 'paging-wrong'])

function seenAnswer({ answer }: Exchange): SeenAnswer | undefined {
  return answer && { status: answer.status, contentType: answer.contentType, body: answer.body, text: answer.text }
}

/** Plays an identity provider against an endpoint, from the connection test to the end, and takes away what it made. */
export async function runSimulation(options: SimulationOptions): Promise<SimulationReport> {
  const { signal } = options
  const idp = simulatedIdps[options.idp](createOrganisation(options.seed, options.users, options.groups))
  const client = createScimClient({
    baseUrl: options.url,
    token: options.token,
    connections: inFlight,
    ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
    ...(options.mostBytes === undefined ? {} : { mostBytes: options.mostBytes }),
    abandoned: options.abandoned,
  })
  const made = createMadeResources(client, idp.headers, inFlight, options.abandoned)
  const figures = createRequestFigures()
  const problems = createFoundProblems()
  let waits = 0
  let silences = 0
  let isSeedTaken = false
  const isOver = () => signal.aborted || isSeedTaken || silences >= mostSilences
  const phases = options.keep ? idp.phases : [...idp.phases, ...idp.deprovisioning]
  const all = phases.reduce((sum, { most }) => sum + most, 0)
  let done = 0
  const progress = (phase: string, isRemoving = false) =>
    options.progress({ phase, requests: figures.total(), troubles: problems.count(), done, all, isRemoving })

  function note(turn: Turn, exchange: Exchange, { code, seen }: Trouble): void {
    const advice = advisable.has(code) ? unusableBecause(exchange) : undefined
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
    const sent = await sendPatiently(client, turn.request, signal, (ms) => progress(waitingText(ms)))
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

  async function carryOut({ name, conversations, most }: Phase): Promise<void> {
    const before = done
    await sideBySide(conversations, inFlight, async (conversation) => {
      if (isOver()) return
      progress(name)
      await hold(conversation)
      done += 1
    })
    done = before + most
  }

  async function carryOutAll(): Promise<SimulationReport['outcome'] | undefined> {
    for (const phase of phases) {
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
      : await made.removeAll((left) => progress(`removing what was made, ${left} left`, true))
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
