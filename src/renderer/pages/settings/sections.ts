/** The parts of the settings, in the order in which they stand; the first is what `/settings` shows. */
export const sections = [
  { id: 'endpoint', tab: 'Endpoint', label: 'Endpoint' },
  { id: 'log', tab: 'Request log', label: 'Request log' },
  { id: 'secrets', tab: 'Secrets', label: 'Secrets' },
  { id: 'backups', tab: 'Backups', label: 'Backups' },
  { id: 'access', tab: 'Access', label: 'Console access' },
  { id: 'appearance', tab: 'Appearance', label: 'Appearance' },
  { id: 'about', tab: 'About', label: 'About' },
  { id: 'danger', tab: 'Danger', label: 'Danger zone' },
] as const

export type SectionId = (typeof sections)[number]['id']

export function sectionPath(id: SectionId): string {
  return `/settings/${id}`
}

/** The section of a URL; undefined for one that is none. */
export function sectionOf(text: string | undefined): SectionId | undefined {
  return text === undefined ? sections[0].id : sections.find(({ id }) => id === text)?.id
}
