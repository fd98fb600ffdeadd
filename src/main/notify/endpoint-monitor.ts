import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { TLSSocket } from 'node:tls'
import { type ConnectionFailure, connectionFailure } from '../connection-failure.ts'
import type { EndpointHealth } from './conditions/machine-conditions.ts'

const timeoutMs = 10_000
/** One lost packet is no outage. */
const failuresUntilDown = 3

/** Certificates are not looked at, so nothing of them is among it. */
const phrases: Readonly<Partial<Record<ConnectionFailure, string>>> = {
  'unknown-name': 'its name is not known',
  'no-lookup': 'its name cannot be looked up at present',
  'nobody-listens': 'nothing listens there',
  'no-way': 'there is no way to it from this machine',
  'cut-off': 'the connection was cut off without an answer',
  late: 'nothing answers there',
  'no-tls': 'what listens there does not speak TLS',
  'no-http': 'what listens there does not speak HTTP',
}

function problemOf(error: Error): string {
  const failure = connectionFailure(error)
  return (failure && phrases[failure]) ?? error.message
}

/** How an attempt to reach the endpoint ended. */
export interface Probe {
  readonly problem: string | undefined
  /** Until when the certificate that was shown is valid, in ms since the epoch. */
  readonly validTo: number | undefined
}

/** Asks `/health` below the URL. The certificate is looked at but not trusted: nothing secret is sent, and what an IdP trusts is for it to say. */
export function probeHealth(publicUrl: string): Promise<Probe> {
  return new Promise((resolve) => {
    const url = new URL(`${publicUrl}/health`)
    const send = url.protocol === 'https:' ? requestHttps : requestHttp
    const request = send(
      url,
      {
        agent: false,
        timeout: timeoutMs,
        rejectUnauthorized: false,
        headers: { 'user-agent': 'Rollcall health check' },
      },
      (response) => {
        const { socket } = response
        const shown = socket instanceof TLSSocket ? Date.parse(socket.getPeerCertificate().valid_to) : Number.NaN
        response.resume()
        resolve({
          problem: response.statusCode === 200 ? undefined : `it answered ${response.statusCode}`,
          validTo: Number.isNaN(shown) ? undefined : shown,
        })
        response.destroy()
      },
    )
    request.once('timeout', () => request.destroy(new Error(`no answer within ${timeoutMs / 1000} s`)))
    request.once('error', (error) => resolve({ problem: problemOf(error), validTo: undefined }))
    request.end()
  })
}

export interface EndpointMonitor {
  /** Looks once, and never rejects. */
  check(): Promise<void>
  /** What is known; undefined while there is no public URL, or it has never been reached. */
  health(): EndpointHealth | undefined
  /** The public URL, while it has not been reached since the start, or since it is another one. */
  awaited(): string | undefined
  /** Until when the certificate at the public URL is valid. */
  validTo(): number | undefined
}

interface Parts {
  /** The public URL; undefined while none is set. */
  readonly url: () => string | undefined
  readonly probe: (url: string) => Promise<Probe>
  readonly now: () => number
}

/**
 * Watches whether the public URL leads here. Where it was never reached from this machine, as behind many a firewall, nothing follows from not
 * reaching it.
 */
export function createEndpointMonitor({ url: publicUrl, probe, now }: Parts): EndpointMonitor {
  let watched: string | undefined
  let wasUp = false
  let failures = 0
  let firstFailure: number | undefined
  let problem: string | undefined
  let validTo: number | undefined

  function begin(url: string | undefined): void {
    watched = url
    wasUp = false
    failures = 0
    firstFailure = undefined
    problem = undefined
    validTo = undefined
  }

  return {
    async check() {
      const url = publicUrl()
      if (url !== watched) begin(url)
      if (url === undefined) return
      const at = now()
      const found = await probe(url)
      if (url !== watched) return
      if (found.problem === undefined) {
        wasUp = true
        failures = 0
        firstFailure = undefined
        problem = undefined
        ;({ validTo } = found)
        return
      }
      failures += 1
      firstFailure ??= at
      ;({ problem } = found)
    },
    health() {
      if (watched === undefined || !wasUp) return undefined
      return { url: watched, downSince: failures >= failuresUntilDown ? firstFailure : undefined, problem }
    },
    awaited() {
      const url = publicUrl()
      return wasUp && url === watched ? undefined : url
    },
    validTo: () => validTo,
  }
}
