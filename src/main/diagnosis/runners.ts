/** What tests of endpoints are made of. It is loaded when the first one begins. */
export { runCheck } from './check/run-check.ts'
export { keptCheckResult, keptSimulationResult } from './kept-result.ts'
export { runSimulation } from './simulation/run-simulation.ts'
