import type { EndpointConfiguration, Pauses, ReachReport } from '../../contract/endpoint.ts'
import { pausedTogether, pausedTogetherSetting } from '../administration/integrations/pause-all.ts'
import { certificateView } from '../tls/certificate-view.ts'
import type { Engine } from '../engine.ts'
import { settingText } from '../known-settings.ts'
import type { ReachReport as EngineReachReport } from '../reach/reach-report.ts'
import { withoutSlash } from '../scim-url.ts'
import { isFromFiles, readTls, tlsFilesProblem } from '../tls/tls-files.ts'
import { api } from './api.ts'
import { mostBodyMebibytes } from '../endpoint/endpoint-limits.ts'
import { endpointStatus } from './system.ts'

/** What TLS would be served with, so that it can be compared: the files, or nothing. */
function filesOf(tls: ReturnType<Engine['endpoint']['choice']>['tls']['value']) {
  return tls && 'files' in tls ? { ...tls.files } : null
}

function configuration({ endpoint, clock }: Engine): EndpointConfiguration {
  const { host, port, publicUrl, tls, requestsPerSecond, bodyMebibytes } = endpoint.choice()
  const inForce = endpoint.inForce()
  const files = filesOf(tls.value)
  const used = inForce?.tls && isFromFiles(inForce.tls) ? inForce.tls.paths : null
  // What was given as text cannot be changed by a setting.
  const isOtherTls =
    tls.origin !== 'start' && JSON.stringify(files) !== JSON.stringify(used && { cert: used.cert, key: used.key })
  return {
    host: { ...host },
    port: { ...port },
    publicUrl: {
      value: publicUrl.value === undefined ? null : withoutSlash(publicUrl.value),
      origin: publicUrl.origin,
    },
    requestsPerSecond: { ...requestsPerSecond },
    bodyMebibytes: { ...bodyMebibytes },
    mostBodyMebibytes,
    tls: { value: files, origin: tls.origin },
    tlsProblem: (files && tlsFilesProblem(files, clock())) ?? null,
    inForce: inForce ? { host: inForce.host, port: inForce.port, isTls: inForce.tls !== undefined } : null,
    certificate: inForce?.tls
      ? { ...certificateView(inForce.tls.cert), names: [...certificateView(inForce.tls.cert).names] }
      : null,
    needsRestart: inForce !== undefined && (inForce.host !== host.value || inForce.port !== port.value || isOtherTls),
  }
}

function reportView(report: EngineReachReport): ReachReport {
  const { url, at, tookMs, steps, failure, nextStep } = report
  return {
    url,
    at,
    tookMs,
    steps: steps.map((step) => ({ ...step })),
    failure: failure ?? null,
    nextStep: nextStep ?? null,
  }
}

function pauses({ reads }: Engine): Pauses {
  const enabled = reads.integrations.all().filter((each) => each.enabled === 1)
  const paused = enabled.filter((each) => each.paused_at !== null)
  const together = pausedTogether(reads.settings.get(pausedTogetherSetting))
  return {
    enabled: enabled.length,
    paused: paused.length,
    together: paused.filter((each) => together.has(each.id)).length,
    since: paused.length === 0 ? null : Math.max(...paused.map((each) => each.paused_at ?? 0)),
  }
}

export const endpoint = {
  configuration: api.endpoint.configuration.handler(({ context: { parts } }) => configuration(parts.engine)),
  configure: api.endpoint.configure.handler(async ({ input, context: { parts } }) => {
    const { host, port, publicUrl, requestsPerSecond, bodyMebibytes, tls } = input
    const one = (name: string, value: string | number | null | undefined) =>
      value === undefined ? [] : [settingText(name, String(value ?? ''))]
    const values = [
      ...one('endpoint-host', host),
      ...one('endpoint-port', port),
      ...one('public-url', publicUrl),
      ...one('rate-limit', requestsPerSecond),
      ...one('body-limit', bodyMebibytes),
      ...(tls === undefined ? [] : [...one('tls-cert', tls && tls.cert), ...one('tls-key', tls && tls.key)]),
    ]
    // Files that cannot be used are refused before they are set.
    if (tls) readTls(tls)
    if (values.length > 0) await parts.engine.administer('set-settings', { values })
    return configuration(parts.engine)
  }),
  restart: api.endpoint.restart.handler(async ({ context: { parts } }) => {
    await parts.engine.endpoint.restart()
    return endpointStatus(parts.engine)
  }),
  renewCertificate: api.endpoint.renewCertificate.handler(({ context: { parts } }) => ({
    outcome: parts.engine.endpoint.renewCertificate(true),
  })),
  testReach: api.endpoint.testReach.handler(async ({ context: { parts } }) =>
    reportView(await parts.engine.testReach()),
  ),
  lastReach: api.endpoint.lastReach.handler(({ context: { parts } }) => {
    const last = parts.engine.lastReach()
    return last ? reportView(last) : null
  }),
  pauses: api.endpoint.pauses.handler(({ context: { parts } }) => pauses(parts.engine)),
  pauseAll: api.endpoint.pauseAll.handler(async ({ context: { parts } }) => {
    await parts.engine.administer('pause-all', undefined)
    return pauses(parts.engine)
  }),
  resumeAll: api.endpoint.resumeAll.handler(async ({ input, context: { parts } }) => {
    await parts.engine.administer('resume-all', input)
    return pauses(parts.engine)
  }),
}
