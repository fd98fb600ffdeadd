/** The parts of an open request; the one that is shown stands in the address. */
export const detailTabs = [
  { id: 'why', label: 'Why this answer' },
  { id: 'request', label: 'Request' },
  { id: 'response', label: 'Response' },
  { id: 'change', label: 'Change' },
  { id: 'timing', label: 'Timing' },
  { id: 'raw', label: 'Raw' },
  { id: 'replay', label: 'Replay' },
] as const

export type DetailTab = (typeof detailTabs)[number]['id']

export function parseDetailTab(text: string | null): DetailTab {
  return detailTabs.find(({ id }) => id === text)?.id ?? 'why'
}
