import type { Secret } from '../../secret.ts'
import type { Exchange } from '../exchange.ts'
import { createMadeResources, type LeftBehind } from '../made-resources.ts'
import { createOutagePatience, sendPatiently, waitingText, type OutagePatience } from '../patient-client.ts'
import { createScimClient, type ScimClient } from '../scim-client.ts'
import { unusableBecause, UnusableEndpoint } from '../unusable-endpoint.ts'
import { allChecks } from './all-checks.ts'
import { readCapabilities } from './capabilities.ts'
import { skipped, type Check, type Verdict, type Weight } from './check.ts'
import { missing, type Need } from './needs.ts'
import { isFailure } from './summary.ts'
import { CannotPrepare, createLab, NoAnswer, scimHeaders, type Lab } from './lab.ts'

export interface CheckOptions {
  /** The SCIM URL without a slash at its end. */
  readonly url: string
  readonly token: Secret
  /** What everybody that is made is called at the beginning. Nobody else may be called so. */
  readonly marker: string
  readonly signal: AbortSignal
  readonly timeoutMs?: number
  /** Answers that are longer are not read. */
  readonly mostBytes?: number
  /** Once it is given, nothing is sent any more, not even to clean up. */
  readonly abandoned?: AbortSignal
  readonly progress: (progress: CheckProgress) => void
}

/** How far a check of an endpoint is. */
export interface CheckProgress {
  /** The check that begins, or what else is going on. */
  readonly title: string
  /** Of `all` checks so many are over. */
  readonly done: number
  readonly all: number
  /** So far. */
  readonly requests: number
  /** Checks that the endpoint must pass and has failed so far. */
  readonly failures: number
  /** Nothing else is sent than what takes away what was made. */
  readonly isRemoving: boolean
}

export interface CheckResult {
  readonly id: string
  readonly title: string
  readonly basis: string
  readonly weight: Weight
  readonly verdict: Verdict
  /** Its requests and answers, the last one last. */
  readonly exchanges: readonly Exchange[]
  /** The one that shows what is not as expected. */
  readonly evidence: Exchange | undefined
}

export interface ResultGroup {
  readonly subject: string
  readonly results: readonly CheckResult[]
}

export interface CheckReport {
  /** In the order in which they were run. */
  readonly groups: readonly ResultGroup[]
  readonly leftBehind: readonly LeftBehind[]
  readonly interrupted: boolean
  /** The endpoint stopped answering, and the rest was left out. */
  readonly fellSilent: boolean
}

const connections = 4
/** After so many checks in a row without any answer, the rest is left out. */
const mostSilences = 3
/** What a check prepared first is of less interest than what it looked at in the end. */
const mostExchanges = 4
/** Characters of a body or a URL. */
const longestKept = 64 * 1024

/** Nobody waits longer, in ms, to learn that an endpoint is out of service from the beginning. */
const longestOutageAtFirstMs = 15_000

async function verdictOn(check: Check, lab: Lab): Promise<Verdict> {
  try {
    return await check.run(lab)
  } catch (error) {
    if (error instanceof CannotPrepare) return skipped(error.message)
    if (error instanceof NoAnswer) return { outcome: 'failed', expected: 'an answer', seen: error.message }
    throw error
  }
}

function evidenceOf(verdict: Verdict, exchanges: readonly Exchange[]): Exchange | undefined {
  if (verdict.outcome !== 'failed') return undefined
  return exchanges.find((each) => each.answer !== undefined && each.answer === verdict.answer) ?? exchanges.at(-1)
}

function cut(text: string): string {
  return text.length > longestKept ? `${text.slice(0, longestKept)}…` : text
}

/** What a result keeps of it: of what nobody reads to its end no more than the beginning, and no second copy of a body. */
function shortened(exchange: Exchange): Exchange {
  const { request, answer } = exchange
  return {
    ...exchange,
    request: { ...request, url: cut(request.url), body: request.body === undefined ? undefined : cut(request.body) },
    answer: answer && { ...answer, text: cut(answer.text), body: undefined },
  }
}

/** The answer was there to find the evidence by. */
function withoutAnswer(verdict: Verdict): Verdict {
  if (verdict.outcome !== 'failed') return verdict
  const { outcome, expected, seen } = verdict
  return { outcome, expected, seen }
}

/** Checks an endpoint, with users and groups of its own that are removed in the end. Throws `UnusableEndpoint`. */
export async function runCheck(options: CheckOptions): Promise<CheckReport> {
  const { url, token } = options
  const client = createScimClient({
    baseUrl: url,
    token,
    connections,
    ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
    ...(options.mostBytes === undefined ? {} : { mostBytes: options.mostBytes }),
    abandoned: options.abandoned,
  })
  try {
    return await checkWith(client, options)
  } finally {
    client.close()
  }
}

async function checkWith(client: ScimClient, options: CheckOptions): Promise<CheckReport> {
  const { signal } = options
  const all = allChecks.reduce((sum, each) => sum + each.checks.length, 0)
  let done = 0
  let requests = 0
  let failures = 0
  let exchanges: Exchange[] = []
  const progress = (title: string, isRemoving = false) =>
    options.progress({ title, done, all, requests, failures, isRemoving })
  const onWait = (ms: number) => progress(waitingText(ms))
  const look = async (path: string, patience: OutagePatience) =>
    (await sendPatiently(client, { method: 'GET', path, headers: scimHeaders }, signal, onWait, patience)).exchange
  const atFirst = createOutagePatience(longestOutageAtFirstMs)
  const unusable = unusableBecause(await look('/Users?startIndex=1&count=1', atFirst))
  if (unusable !== undefined) throw new UnusableEndpoint(unusable)
  const made = createMadeResources(client, scimHeaders, connections, options.abandoned)
  const patience = createOutagePatience()
  const lab = createLab({
    client,
    made,
    capabilities: readCapabilities(
      (await look('/ServiceProviderConfig', patience)).answer,
      (await look('/ResourceTypes', patience)).answer,
    ),
    marker: options.marker,
    signal,
    record(exchange) {
      exchanges.push(exchange)
      requests += 1
    },
    onWait,
    patience,
  })

  let silences = 0

  /** Why a check is left out; undefined for one that can be run. */
  function leftOut(needs: readonly Need[]): string | undefined {
    if (signal.aborted) return 'interrupted'
    if (silences >= mostSilences) return 'the endpoint does not answer any more'
    return missing(needs, lab.capabilities)
  }

  async function resultOf(one: Check, needs: readonly Need[]): Promise<CheckResult> {
    const { id, title, basis, weight } = one
    progress(title)
    exchanges = []
    const reason = leftOut([...needs, ...(one.needs ?? [])])
    const verdict = reason === undefined ? await verdictOn(one, lab) : skipped(reason)
    const last = exchanges.at(-1)
    if (last) silences = last.answer === undefined ? silences + 1 : 0
    done += 1
    const shown = new Map(exchanges.map((each) => [each, shortened(each)]))
    const evidence = evidenceOf(verdict, exchanges)
    const result: CheckResult = {
      id,
      title,
      basis,
      weight,
      verdict: withoutAnswer(verdict),
      exchanges: [...shown.values()].slice(-mostExchanges),
      evidence: evidence && shown.get(evidence),
    }
    if (isFailure(result)) failures += 1
    return result
  }

  const groups: ResultGroup[] = []
  try {
    for (const { subject, checks, needs = [] } of allChecks) {
      const results: CheckResult[] = []
      for (const one of checks) results.push(await resultOf(one, needs))
      groups.push({ subject, results })
    }
    const fellSilent = silences >= mostSilences
    return { groups, leftBehind: await removeMade(), interrupted: signal.aborted, fellSilent }
  } catch (error) {
    // A check that breaks is a mistake of ours, and leaves nothing behind either.
    await removeMade()
    throw error
  }

  function removeMade(): Promise<readonly LeftBehind[]> {
    return made.removeAll((left) => progress(`removing what was made, ${left} left`, true))
  }
}
