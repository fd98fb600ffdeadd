import { Stack } from '@mantine/core'
import { useParams } from 'wouter'
import { PageHeader } from '../../components/page/page-header.tsx'
import { TabLinks } from '../../components/page/tab-links.tsx'
import { unreachable } from '../../unreachable.ts'
import { NotFoundPage } from '../not-found-page.tsx'
import { MailSection } from './mail-section.tsx'
import { OutboxSection } from './outbox-section.tsx'
import { RulesSection } from './rules-section.tsx'
import { ScheduleSection } from './schedule-section.tsx'
import {
  notificationPath,
  notificationSectionOf,
  notificationSections,
  type NotificationSectionId,
} from './sections.ts'
import { WebhooksSection } from './webhooks-section.tsx'
import { WelcomeSection } from './welcome-section.tsx'

interface SectionProps {
  readonly id: NotificationSectionId
  readonly slug: string | undefined
}

function Section({ id, slug }: SectionProps) {
  switch (id) {
    case 'mail':
      return <MailSection />
    case 'rules':
      return <RulesSection />
    case 'schedule':
      return <ScheduleSection />
    case 'webhooks':
      return <WebhooksSection />
    case 'outbox':
      return <OutboxSection />
    case 'welcome':
      return <WelcomeSection slug={slug} />
    default:
      return unreachable(id)
  }
}

/** Who is told of what, by which way, and when. */
export function NotificationsPage() {
  const { section, slug } = useParams<{ readonly section?: string; readonly slug?: string }>()
  const id = notificationSectionOf(section)
  if (id === undefined || (slug !== undefined && id !== 'welcome')) return <NotFoundPage />
  const label = notificationSections.find((each) => each.id === id)?.label ?? ''
  return (
    <>
      <PageHeader title={`Notifications: ${label}`} />
      <TabLinks
        label="Parts of the notifications"
        tabs={notificationSections.map((each) => ({
          path: notificationPath(each.id),
          label: each.label,
          isCurrent: each.id === id,
        }))}
      />
      <Stack gap="md" maw={id === 'outbox' || id === 'welcome' ? undefined : 820}>
        <Section id={id} slug={slug} />
      </Stack>
    </>
  )
}
