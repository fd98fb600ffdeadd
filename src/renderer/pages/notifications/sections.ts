/** The parts of the notifications, in the order in which they stand; the first is what `/notifications` shows. */
export const notificationSections = [
  { id: 'mail', label: 'Mail' },
  { id: 'rules', label: 'Rules' },
  { id: 'schedule', label: 'Schedule' },
  { id: 'webhooks', label: 'Webhooks' },
  { id: 'outbox', label: 'Outbox' },
  { id: 'welcome', label: 'Welcome mail' },
] as const

export type NotificationSectionId = (typeof notificationSections)[number]['id']

export function notificationPath(id: NotificationSectionId): string {
  return `/notifications/${id}`
}

/** The section of a URL; undefined for one that is none. */
export function notificationSectionOf(text: string | undefined): NotificationSectionId | undefined {
  return text === undefined ? notificationSections[0].id : notificationSections.find(({ id }) => id === text)?.id
}
