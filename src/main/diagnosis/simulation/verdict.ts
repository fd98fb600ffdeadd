import { unreachable } from '../../../scim/unreachable.ts'
import { amount } from '../../text/amount.ts'
import type { SimulationReport } from './run-simulation.ts'

/** What came of a simulation, in one sentence. */
export function simulationVerdict({ outcome, displayName, requests, problems }: SimulationReport): string {
  const sent = amount(
    requests.reduce((sum, each) => sum + each.count, 0),
    'request',
  )
  switch (outcome) {
    case 'passed':
      return `${displayName} can provision into this endpoint: all ${sent} were answered as it needs.`
    case 'failed':
      return `${displayName} would stumble over ${amount(problems.length, 'problem')} in ${sent}.`
    case 'stopped at the connection test':
      return `The connection test failed, so ${displayName} would not begin.`
    case 'seed taken':
      return 'What an earlier run with this seed made is still there. Take another seed.'
    case 'endpoint silent':
      return `The endpoint stopped answering after ${sent}.`
    case 'interrupted':
      return `Interrupted after ${sent}.`
    default:
      return unreachable(outcome)
  }
}
