import { simulatedIdpIds, type SimulatedIdpId } from '../../idp/simulated/simulated-idps.ts'

export interface SimulationTest {
  readonly kind: 'simulation'
  readonly idp: SimulatedIdpId
  readonly users: number
  readonly groups: number
  readonly seed: number
  /** Leaves what was made. */
  readonly keep: boolean
}

/** What is done at an endpoint to find out about it. */
export type EndpointTest = { readonly kind: 'check' } | SimulationTest

/** Of each of these the last result is kept. */
export type TestName = 'check' | SimulatedIdpId

export function testName(test: EndpointTest): TestName {
  return test.kind === 'check' ? 'check' : test.idp
}

export function isSimulatedIdp(id: string): id is SimulatedIdpId {
  return simulatedIdpIds.some((each) => each === id)
}
