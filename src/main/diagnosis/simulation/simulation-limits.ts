export const mostSimulatedUsers = 100_000
export const mostSimulatedGroups = 1000
/** A seed is below this. */
export const simulationSeeds = 1_000_000_000

export const usualSimulatedUsers = 10
export const usualSimulatedGroups = 2
