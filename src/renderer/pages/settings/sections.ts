/** The parts of the settings, in the order in which they stand; the first is what `/settings` shows. */
export const sections = [
  { id: 'endpoint', label: 'Endpoint' },
  { id: 'log', label: 'Request log' },
  { id: 'secrets', label: 'Secrets' },
  { id: 'backups', label: 'Backups' },
  { id: 'access', label: 'Console access' },
  { id: 'appearance', label: 'Appearance' },
  { id: 'about', label: 'About' },
  { id: 'danger', label: 'Danger zone' },
] as const

export type SectionId = (typeof sections)[number]['id']

export function sectionPath(id: SectionId): string {
  return `/settings/${id}`
}

/** The section of a URL; undefined for one that is none. */
export function sectionOf(text: string | undefined): SectionId | undefined {
  return text === undefined ? sections[0].id : sections.find(({ id }) => id === text)?.id
}
