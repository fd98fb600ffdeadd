/** The mark of how far the cycles of an integration have been looked at. */
export function cyclesMark(integrationId: number): string {
  return `cycles:${integrationId}`
}
