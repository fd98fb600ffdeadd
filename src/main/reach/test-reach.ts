import { lookup as lookupByDns } from 'node:dns/promises'
import { isIP } from 'node:net'
import { connect } from 'node:tls'
import { errorCode } from '../error-code.ts'
import { withoutSlash } from '../scim-url.ts'
import { fetchOnce, shown, type FetchedOnce, type ShownCertificate } from './fetch-once.ts'
import { isPrivateAddress } from './private-address.ts'
import { reachParameter, type ReachGate, type ReachPass, type ReachSighting } from './reach-gate.ts'
import { replaceUnruly } from '../text/unruly-characters.ts'
import { nextSteps, type ReachFailure, type ReachReport, type ReachStep, type ReachStepName } from './reach-report.ts'

export interface ReachParts {
  readonly gate: ReachGate
  /** The public URL; undefined where none is set. */
  readonly publicUrl: () => string | undefined
  /** Whether the endpoint listens. */
  readonly isListening: () => boolean
  readonly clock: () => number
  readonly timeoutMs?: number
  /** Further CAs, PEM. */
  readonly ca?: string
}

const tlsFailures: ReadonlyMap<string, ReachFailure> = new Map([
  ['CERT_HAS_EXPIRED', 'tls-expired'],
  ['CERT_NOT_YET_VALID', 'tls-expired'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls-name'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls-untrusted'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'tls-untrusted'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls-untrusted'],
  ['UNABLE_TO_GET_ISSUER_CERT', 'tls-untrusted'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls-untrusted'],
  ['CERT_UNTRUSTED', 'tls-untrusted'],
])

const connectionFailures: ReadonlyMap<string, readonly [ReachFailure, string]> = new Map([
  ['ECONNREFUSED', ['refused', 'The connection was refused']],
  ['EHOSTUNREACH', ['no-route', 'There is no way to this address']],
  ['ENETUNREACH', ['no-route', 'There is no way to this network']],
  ['EADDRNOTAVAIL', ['no-route', 'There is no way to this address']],
  ['ETIMEDOUT', ['timeout', 'No answer came in time']],
  ['ECONNRESET', ['cut-off', 'The connection was cut off']],
  ['EPIPE', ['cut-off', 'The connection was cut off']],
])

/** Text from the wire inside a sentence: one line, short. */
function quoted(text: string): string {
  const line = replaceUnruly(text, ' ').replaceAll(/\s+/g, ' ').trim()
  return `“${line.length > 80 ? `${line.slice(0, 80)}…` : line}”`
}

function titleOf(page: string): string | undefined {
  return /<title[^>]*>([\s\S]{1,300}?)<\/title>/i.exec(page)?.[1]?.trim()
}

function day(at: number): string {
  return Number.isFinite(at) ? new Date(at).toISOString().slice(0, 10) : 'an unknown day'
}

/** The certificate that is shown at an address, whoever vouches for it. Nothing is sent. */
function peekCertificate(url: URL, timeoutMs: number): Promise<ShownCertificate | undefined> {
  return new Promise((resolve) => {
    const socket = connect({
      host: hostOf(url),
      port: Number(url.port) || 443,
      ...(isIP(hostOf(url)) === 0 ? { servername: hostOf(url) } : {}),
      // The token is not sent on this connection: it is only looked at.
      rejectUnauthorized: false,
      timeout: timeoutMs,
    })
    const end = (certificate: ShownCertificate | undefined) => {
      socket.destroy()
      resolve(certificate)
    }
    socket.on('secureConnect', () => end(shown(socket.getPeerCertificate())))
    socket.on('error', () => end(undefined))
    socket.on('timeout', () => end(undefined))
  })
}

function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '')
}

function isProof(body: string, proof: string): boolean {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null && 'proof' in value && value.proof === proof
  } catch {
    return false
  }
}

/** Why an answer is not ours. */
function judge(
  answer: FetchedOnce,
  sighting: ReachSighting,
  proof: string,
): readonly [ReachFailure, string] | undefined {
  const { status, contentType, location, body } = answer
  if (status === 200 && isProof(body, proof)) return undefined
  if (sighting === 'without its token')
    return ['token-removed', 'The request came through to this Rollcall, but its token was taken away on the way.']
  if (sighting === 'let in')
    return ['other-server', 'The request came through, but the answer was changed on its way back.']
  if (status >= 300 && status < 400)
    return ['redirect', `It redirects to ${quoted(location ?? 'nowhere')} (status ${status}).`]
  if (status === 502 || status === 503 || status === 504)
    return ['proxy-error', `A proxy answers with ${status}: it cannot reach what is behind it.`]
  if (status === 401 || status === 407 || status === 403)
    return ['unauthorized', `Another server answers with ${status}: it wants a sign-in of its own.`]
  const title = titleOf(body)
  if (contentType.includes('html') || /^\s*<(?:!doctype|html)/i.test(body))
    return ['page', `A web page answers (status ${status})${title === undefined ? '' : `: ${quoted(title)}`}.`]
  if (status === 404 || status === 405)
    return ['path', `The server there answers with ${status} and has not passed the request on.`]
  return ['other-server', `Something else answers with status ${status}.`]
}

class Failed extends Error {
  readonly failure: ReachFailure
  readonly step: ReachStepName

  constructor(failure: ReachFailure, step: ReachStepName, sentence: string) {
    super(sentence)
    this.failure = failure
    this.step = step
  }
}

function parsed(parts: ReachParts): URL {
  const text = parts.publicUrl()
  if (!text) throw new Failed('no-public-url', 'address', 'No public URL is set.')
  if (!parts.isListening()) throw new Failed('endpoint-stopped', 'address', 'The endpoint does not listen.')
  return new URL(`${withoutSlash(text)}/scim/v2/ServiceProviderConfig`)
}

function addressStep(url: URL): ReachStep {
  if (url.protocol === 'https:') return { step: 'address', state: 'ok', sentence: `${url.origin} is used.` }
  return {
    step: 'address',
    state: 'remark',
    sentence: `${url.origin} is not encrypted: identity providers in the cloud insist on https.`,
  }
}

async function resolveName(url: URL): Promise<ReachStep> {
  const host = hostOf(url)
  let addresses: readonly string[]
  try {
    addresses = (await lookupByDns(host, { all: true })).map(({ address }) => address)
  } catch (error) {
    const isUnknown = errorCode(error) === 'ENOTFOUND'
    throw new Failed(
      'dns',
      'name',
      isUnknown
        ? `The name ${host} is not known.`
        : `The name ${host} cannot be looked up (${errorCode(error) ?? 'unknown'}).`,
    )
  }
  const shownAddresses = addresses.slice(0, 4).join(', ')
  const is = isIP(host) === 0 ? `${host} is ${shownAddresses}` : `The address is ${shownAddresses}`
  return addresses.every(isPrivateAddress)
    ? {
        step: 'name',
        state: 'remark',
        sentence: `${is}, which is reached from inside your network alone; an identity provider in the cloud cannot come in there.`,
      }
    : { step: 'name', state: 'ok', sentence: `${is}.` }
}

async function ask(url: URL, pass: ReachPass, { timeoutMs = 10_000, ca }: ReachParts): Promise<FetchedOnce> {
  const target = new URL(url)
  target.searchParams.set(reachParameter, pass.id)
  try {
    return await fetchOnce({ url: target, token: pass.token, timeoutMs, ca })
  } catch (error) {
    const code = errorCode(error) ?? ''
    const tls = tlsFailures.get(code)
    if (tls !== undefined) throw await tlsFailed(tls, url, timeoutMs)
    if (code === 'EPROTO' || code.startsWith('ERR_SSL') || code.startsWith('HPE_'))
      throw new Failed('tls-protocol', 'certificate', 'What answers there does not speak the protocol of the URL.')
    const [failure, sentence] = connectionFailures.get(code) ?? ['cut-off', 'The connection failed']
    throw new Failed(failure, 'connection', `${sentence} (${code === '' ? 'unknown' : code}).`)
  }
}

async function tlsFailed(failure: ReachFailure, url: URL, timeoutMs: number): Promise<Failed> {
  const seen = await peekCertificate(url, timeoutMs)
  const whose = seen
    ? `The certificate for ${quoted(seen.subject)}, issued by ${quoted(seen.issuer)},`
    : 'The certificate'
  const why =
    failure === 'tls-expired'
      ? `is valid until ${day(seen?.validTo ?? Number.NaN)} and not at this moment.`
      : failure === 'tls-name'
        ? `is not for the name ${hostOf(url)}.`
        : 'is not vouched for by a CA that this machine trusts.'
  return new Failed(failure, 'certificate', `${whose} ${why}`)
}

const soonMs = 14 * 86_400_000

function certificateSteps({ certificate, protocol }: FetchedOnce, now: number): readonly ReachStep[] {
  if (certificate === undefined) return []
  const { subject, issuer, validTo } = certificate
  const isDue = validTo - now < soonMs
  return [
    {
      step: 'certificate',
      state: isDue ? 'remark' : 'ok',
      sentence: `${protocol ?? 'TLS'}; the certificate for ${quoted(subject)}, issued by ${quoted(issuer)}, is valid until ${day(validTo)}.${isDue ? ' Renew it soon.' : ''}`,
    },
  ]
}

/** Goes to the public URL as an IdP would, with a token of its own, and looks whether it comes out here. Never rejects for what it finds. */
export async function testReach(parts: ReachParts): Promise<ReachReport> {
  const { gate, clock } = parts
  const begin = clock()
  const steps: ReachStep[] = []
  const pass = gate.open()
  let failed: Failed | undefined
  try {
    const url = parsed(parts)
    steps.push(addressStep(url))
    steps.push(await resolveName(url))
    const answer = await ask(url, pass, parts)
    steps.push({ step: 'connection', state: 'ok', sentence: 'A server answers there.' })
    steps.push(...certificateSteps(answer, clock()))
    const wrong = judge(answer, pass.seen(), pass.proof)
    if (wrong) throw new Failed(wrong[0], 'answer', wrong[1])
    steps.push({
      step: 'answer',
      state: 'ok',
      sentence: 'It is this Rollcall: the request came in here, and its answer got back.',
    })
  } catch (error) {
    if (!(error instanceof Failed)) throw error
    failed = error
    steps.push({ step: error.step, state: 'failed', sentence: error.message })
  } finally {
    pass.end()
  }
  return {
    url: parts.publicUrl() ?? null,
    at: begin,
    tookMs: clock() - begin,
    steps,
    failure: failed?.failure,
    nextStep: failed && nextSteps[failed.failure],
  }
}
