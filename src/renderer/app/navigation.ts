import {
  Activity,
  AtSign,
  Bell,
  Braces,
  LayoutDashboard,
  Plug,
  ScrollText,
  Settings,
  Stethoscope,
  User,
  Users,
  type LucideIcon,
} from 'lucide-react'
import type { ComponentType } from 'react'
import { HeldRequests } from '../pages/requests/held-requests.tsx'

/** An entry of the navigation on the left, and of the palette. */
export interface NavigationEntry {
  readonly path: string
  readonly label: string
  readonly icon: LucideIcon
  /** Other words that somebody might look for it by. */
  readonly keywords: readonly string[]
  /** Drawn behind the label where somebody waits for it: a count. */
  readonly badge?: ComponentType
}

/** One line for each area, in the order in which they stand. */
export const navigation: readonly NavigationEntry[] = [
  { path: '/', label: 'Overview', icon: LayoutDashboard, keywords: ['home', 'health', 'activity'] },
  { path: '/integrations', label: 'Integrations', icon: Plug, keywords: ['entra', 'okta', 'idp', 'tokens', 'connect'] },
  {
    path: '/status',
    label: 'Provisioning',
    icon: Activity,
    keywords: ['status', 'cycles', 'quarantine', 'failing', 'drift'],
  },
  {
    path: '/requests',
    label: 'Requests',
    icon: ScrollText,
    keywords: ['log', 'traffic', 'errors'],
    badge: HeldRequests,
  },
  { path: '/users', label: 'Users', icon: User, keywords: ['people', 'directory'] },
  { path: '/groups', label: 'Groups', icon: Users, keywords: ['teams', 'members'] },
  { path: '/attributes', label: 'Attributes', icon: Braces, keywords: ['schema', 'custom', 'extension', 'urn'] },
  {
    path: '/conversion',
    label: 'User IDs',
    icon: AtSign,
    keywords: ['conversion', 'convert', 'e-mail', 'rename', 'jobs'],
  },
  {
    path: '/diagnosis',
    label: 'Diagnosis',
    icon: Stethoscope,
    keywords: ['check', 'simulate', 'test', 'compliance', 'rfc', 'entra', 'okta', 'report'],
  },
  {
    path: '/notifications',
    label: 'Notifications',
    icon: Bell,
    keywords: ['mail', 'smtp', 'webhooks', 'alerts', 'welcome', 'outbox'],
  },
  { path: '/settings', label: 'Settings', icon: Settings, keywords: ['endpoint', 'backup', 'retention', 'about'] },
]
