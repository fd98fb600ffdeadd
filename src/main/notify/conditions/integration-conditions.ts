import { refusalWords } from '../../provisioning/failures/refusal-words.ts'
import { spokenDuration } from '../../provisioning/status/spoken-time.ts'
import type { IntegrationStatus } from '../../provisioning/status/integration-status.ts'
import type { Condition } from '../condition.ts'

/** One wrong token can be anybody's; so many in a row are the IdP's. */
const fewestRefusals = 3

const tokenReasons: ReadonlySet<string> = new Set([
  'token-unknown',
  'token-jwt',
  'token-expired',
  'token-revoked',
  'other-integration',
])

const inferred = 'Inferred from requests; only the identity provider knows for certain.'

function ownLogWords({ ownLog }: IntegrationStatus): string {
  return ownLog === undefined ? inferred : `${inferred} Its own account: ${ownLog}.`
}

function iso(at: number | undefined): string | null {
  return at === undefined ? null : new Date(at).toISOString()
}

/** Requests of an IdP are refused because of their token. */
export function badToken(status: IntegrationStatus): Condition | undefined {
  const { refusals, slug, name, idpName } = status
  if (refusals === undefined || refusals.count < fewestRefusals || !tokenReasons.has(refusals.reason)) return undefined
  return {
    rule: 'bad-token',
    subject: slug,
    level: '',
    integration: { slug, name },
    title: `Requests for ${name} are refused: ${refusalWords(refusals.reason)}`,
    lines: [
      `${refusals.count} requests in a row were refused. Nobody is provisioned by ${idpName} until that is put right${status.quarantine === undefined ? '' : ', and it may put the integration in quarantine'}.`,
      refusals.reason === 'other-integration'
        ? `The token is right. Put the SCIM URL of this integration, which ends in ${slug}/v2, into ${idpName}.`
        : `Issue a new token and paste it into ${idpName}: rollcall tokens rotate ${slug}`,
    ],
    facts: { refused: refusals.count, reason: refusals.reason, since: iso(refusals.since) },
    over: `Requests for ${name} get in again`,
  }
}

/** Cycles that came regularly do not come any more. */
export function silence(status: IntegrationStatus, now: number): Condition | undefined {
  const { overdueSince, slug, name, idpName, lastAcceptedAt, state } = status
  if (overdueSince === undefined || (state !== 'silent' && state !== 'stopped')) return undefined
  return {
    rule: 'silence',
    subject: slug,
    level: '',
    integration: { slug, name },
    title: `${idpName} has sent nothing for ${name} in the last ${spokenDuration(now - (lastAcceptedAt ?? now))}`,
    lines: [
      `A cycle has been due for long. Either provisioning was stopped in ${idpName}, or it is in quarantine and runs once a day, or requests no longer reach this endpoint.`,
      ownLogWords(status),
    ],
    facts: { lastRequestAt: iso(lastAcceptedAt), overdueSince: iso(overdueSince) },
    over: `Requests from ${idpName} for ${name} come again`,
  }
}

/** The IdP seems to have slowed the job down because of its failures. A refused token has a rule of its own. */
export function quarantine(status: IntegrationStatus): Condition | undefined {
  const { quarantine: risk, slug, name, idpName } = status
  if (risk === undefined || !risk.isSuspected || status.refusals !== undefined) return undefined
  return {
    rule: 'quarantine',
    subject: slug,
    level: '',
    integration: { slug, name },
    title: `${name} may be in quarantine`,
    lines: [
      risk.because.join(' '),
      `In quarantine ${idpName} runs one cycle a day, and after ${Math.round(risk.rule.disabledAfterMs / 86_400_000)} days it disables the job. Mend what fails ("rollcall status"), then restart provisioning there.`,
      ownLogWords(status),
    ],
    facts: { failures: risk.failures, operations: risk.operations, because: risk.because },
    over: `${name} is no longer suspected to be in quarantine`,
  }
}
