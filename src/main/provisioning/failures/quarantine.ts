import type { QuarantineRule, Rhythm } from '../../../idp/rhythm.ts'
import { isWholeCycle } from '../cycles/cycle.ts'
import type { Expectation } from '../cycles/expectation.ts'
import type { IntegrationTrack } from '../cycles/integration-track.ts'
import type { Present } from '../status/present.ts'

/** Refusals in a row before it is more than somebody's typing error. */
const fewestRefusals = 3
const fewestOperations = 4
const halfOfAll = 0.5

/** How near an integration is to its IdP's quarantine; inferred, the IdP alone knows. */
export interface QuarantineRisk {
  readonly isSuspected: boolean
  /** Why it is suspected, each a sentence. */
  readonly because: readonly string[]
  /** Failures of the cycle that runs or was the last. */
  readonly failures: number
  readonly operations: number
  /** 0 to 1. */
  readonly failingShare: number
  readonly rule: QuarantineRule
  /** How many failures more until the IdP judges by the share of them; 0 when it does already. */
  readonly failuresLeft: number
}

function suspicions(
  track: IntegrationTrack,
  tally: { readonly failures: number; readonly operations: number; readonly share: number },
  rule: QuarantineRule,
  isDaily: boolean,
): readonly string[] {
  const { failures, operations, share } = tally
  const because: string[] = []
  if (isDaily) because.push('Cycles have become a day apart.')
  if ((track.refusals?.count ?? 0) >= fewestRefusals)
    because.push(`None of the last ${track.refusals?.count} requests got in.`)
  if (failures > rule.mostFailures)
    because.push(`More than ${rule.mostFailures.toLocaleString('en')} requests of the cycle failed.`)
  else if (failures >= rule.judgedFromFailures && share > rule.failingShare)
    because.push(
      `${failures.toLocaleString('en')} requests of the cycle failed, ${Math.round(share * 100)} % of all changes.`,
    )
  else if (operations >= fewestOperations && share >= halfOfAll)
    because.push(`${failures.toLocaleString('en')} of ${operations.toLocaleString('en')} changes failed: half or more.`)
  return because
}

/** Undefined for an IdP that is not known to have a quarantine. */
export function quarantineRiskOf(
  { track, recent }: Present,
  rhythm: Rhythm,
  expectation: Expectation,
): QuarantineRisk | undefined {
  const rule = rhythm.quarantine
  if (rule === undefined) return undefined
  // The IdP judges its cycles: a connection test or a run on demand after a bad one makes it no better.
  const open = recent.find((each) => isWholeCycle(each.kind))?.activity.counts
  const last = track.past.findLast((each) => isWholeCycle(each.kind))
  const { failed: failures, operations } = open ?? last ?? { failed: 0, operations: 0 }
  const share = operations === 0 ? 0 : Math.min(1, failures / operations)
  const because = suspicions(track, { failures, operations, share }, rule, expectation.isDaily)
  return {
    isSuspected: because.length > 0,
    because,
    failures,
    operations,
    failingShare: share,
    rule,
    failuresLeft: Math.max(0, rule.judgedFromFailures - failures),
  }
}
