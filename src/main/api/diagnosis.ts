import { examineBackups } from '../doctor/examine-backups.ts'
import { examineHalfWritten } from '../doctor/examine-half-written.ts'
import { examineCertificate, examineTlsFiles } from '../doctor/examine-certificate.ts'
import { examineDirectory, examineHeld, examineNotifications, examineOpened } from '../doctor/examine-configuration.ts'
import { fine, problem, reasonOf, warning, type Finding } from '../doctor/finding.ts'
import type { Engine } from '../engine.ts'
import { isFromFiles, type TlsPaths } from '../tls/tls-files.ts'
import { VaultError } from '../vault/vault.ts'
import { api } from './api.ts'
import { endpointStatus } from './system.ts'

const mostTroubles = 200

/** The files that take the place of those in use when the endpoint is restarted, if others are set. */
function filesToCome({ endpoint }: Engine, used: TlsPaths | undefined): TlsPaths | undefined {
  const { value } = endpoint.choice().tls
  if (!value || !('files' in value)) return undefined
  const { cert, key } = value.files
  return used?.cert === cert && used.key === key ? undefined : value.files
}

function endpointFindings(engine: Engine): readonly Finding[] {
  const { state, url, problem: hinders } = endpointStatus(engine)
  const tls = engine.endpoint.inForce()?.tls
  const inForce = tls && isFromFiles(tls) ? tls : undefined
  const certificate = [
    ...(inForce ? [examineCertificate(inForce, engine.clock())] : []),
    ...examineTlsFiles(filesToCome(engine, inForce?.paths), engine.clock()),
  ]
  if (hinders !== null) return [problem('endpoint', hinders), ...certificate]
  return [
    state === 'listening'
      ? fine('endpoint', `Listening at ${url}.`)
      : warning('endpoint', 'Stopped: no identity provider gets through. Let it listen again in the menu at the top.'),
    ...certificate,
  ]
}

function reachFinding(engine: Engine): readonly Finding[] {
  const last = engine.lastReach()
  if (!last) return []
  const failed = last.steps.find((each) => each.state === 'failed')
  return [
    failed
      ? problem('public URL', `${failed.sentence} ${last.nextStep ?? ''}`)
      : fine('public URL', `${last.url ?? ''} led here when it was last tested.`),
  ]
}

async function vaultFindings(engine: Engine): Promise<readonly Finding[]> {
  try {
    const opened = await engine.vault()
    await opened.vault.check()
    return [examineOpened(engine.dataDir, opened), ...(await examineHeld(engine.reads, opened.vault, engine.clock()))]
  } catch (error) {
    if (!(error instanceof VaultError)) throw error
    return [problem('vault', reasonOf(error))]
  }
}

export const diagnosis = {
  doctor: api.diagnosis.doctor.handler(async ({ context: { parts } }) => {
    const { engine } = parts
    const findings = [
      ...(await engine.consoleReads.ask('examine-files', undefined)),
      ...(await vaultFindings(engine)),
      ...examineDirectory(engine.reads),
      examineBackups(engine.reads, engine.clock()),
      ...examineHalfWritten(engine.dataDir, engine.reads, engine.clock()),
      ...examineNotifications(engine.reads),
      ...endpointFindings(engine),
      ...reachFinding(engine),
    ]
    return {
      ok: findings.every((each) => each.status !== 'problem'),
      findings: findings.map((each) => ({ ...each })),
    }
  }),
  troubles: api.diagnosis.troubles.handler(({ context: { parts } }) => [...parts.engine.troubles.newest(mostTroubles)]),
}
