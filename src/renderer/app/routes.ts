import { lazy, type ComponentType, type LazyExoticComponent } from 'react'

/** A screen and its URLs. */
export interface Route {
  /** In the notation of wouter: `/users/:id?`. */
  readonly path: string
  readonly page: LazyExoticComponent<ComponentType>
  /** URLs of it in the seeded console, for screenshots and accessibility tests, by the name of the picture. */
  readonly examples: Readonly<Record<string, string>>
}

function route(path: string, load: () => Promise<ComponentType>, examples: Readonly<Record<string, string>>): Route {
  return { path, page: lazy(async () => ({ default: await load() })), examples }
}

/** Every screen, the first match first. A screen is loaded when it is first opened. */
export const routes: readonly Route[] = [
  route('/', async () => (await import('../pages/overview/overview-page.tsx')).OverviewPage, { overview: '/' }),
  route('/integrations', async () => (await import('../pages/integrations/integrations-page.tsx')).IntegrationsPage, {
    integrations: '/integrations',
  }),
  route(
    '/integrations/new/:idp?',
    async () => (await import('../pages/integrations/new-integration-page.tsx')).NewIntegrationPage,
    { 'new-integration': '/integrations/new', 'new-integration-address': '/integrations/new/entra' },
  ),
  route(
    '/integrations/:slug/:tab?/:step?',
    async () => (await import('../pages/integrations/integration-page.tsx')).IntegrationPage,
    {
      'integration-status': '/integrations/entra-id-production',
      'integration-setup': '/integrations/entra-id-production/setup/portal',
      'integration-tokens': '/integrations/entra-id-production/tokens',
      'integration-attributes': '/integrations/entra-id-production/attributes',
      'integration-policy': '/integrations/entra-id-production/policy',
      'integration-requests': '/integrations/entra-id-production/requests',
    },
  ),
  route('/status', async () => (await import('../pages/status/status-page.tsx')).StatusPage, { status: '/status' }),
  route(
    '/status/:slug',
    async () => (await import('../pages/status/integration-status-page.tsx')).IntegrationStatusPage,
    { 'status-integration': '/status/entra-id-production', 'status-waiting': '/status/entra-id-test' },
  ),
  route('/status/:slug/cycles/:id', async () => (await import('../pages/status/cycle-page.tsx')).CyclePage, {
    'status-cycle': '/status/entra-id-production/cycles/newest',
  }),
  route('/requests/:id?', async () => (await import('../pages/requests/requests-page.tsx')).RequestsPage, {
    requests: '/requests',
  }),
  route('/users/new', async () => (await import('../pages/users/new-user-page.tsx')).NewUserPage, {
    'new-user': '/users/new',
  }),
  route('/users/import/:id?', async () => (await import('../pages/users/import-page.tsx')).ImportPage, {
    import: '/users/import',
  }),
  route('/users/:id/edit', async () => (await import('../pages/users/edit-user-page.tsx')).EditUserPage, {}),
  route('/users/:id?/:tab?', async () => (await import('../pages/users/users-page.tsx')).UsersPage, {
    users: '/users',
    'users-archived': '/users?archived=1',
  }),
  route('/groups/new', async () => (await import('../pages/groups/group-form-page.tsx')).NewGroupPage, {
    'new-group': '/groups/new',
  }),
  route('/groups/:id/edit', async () => (await import('../pages/groups/group-form-page.tsx')).EditGroupPage, {}),
  route('/groups/:id?/:tab?', async () => (await import('../pages/groups/groups-page.tsx')).GroupsPage, {
    groups: '/groups',
  }),
  route('/attributes/:name?', async () => (await import('../pages/attributes/attributes-page.tsx')).AttributesPage, {
    attributes: '/attributes',
    attribute: '/attributes/costBucket',
    'new-attribute': '/attributes/new',
  }),
  route(
    '/conversion/:part?/:id?',
    async () => (await import('../pages/conversion/conversion-page.tsx')).ConversionPage,
    {
      conversion: '/conversion',
      'conversion-preview': '/conversion/preview/latest?outcome=conflicts',
      'conversion-job': '/conversion/jobs/1',
      'conversion-jobs': '/conversion/jobs',
      'conversion-old-ids': '/conversion/old-ids?q=jsmith',
    },
  ),
  route('/diagnosis', async () => (await import('../pages/diagnosis/diagnosis-page.tsx')).DiagnosisPage, {
    diagnosis: '/diagnosis',
  }),
  route(
    '/notifications/:section?/:slug?',
    async () => (await import('../pages/notifications/notifications-page.tsx')).NotificationsPage,
    {
      'notifications-mail': '/notifications/mail',
      'notifications-rules': '/notifications/rules',
      'notifications-schedule': '/notifications/schedule',
      'notifications-webhooks': '/notifications/webhooks',
      'notifications-outbox': '/notifications/outbox',
      'notifications-welcome': '/notifications/welcome/entra-id-production',
    },
  ),
  route('/settings/:section?', async () => (await import('../pages/settings/settings-page.tsx')).SettingsPage, {
    'settings-endpoint': '/settings/endpoint',
    'settings-log': '/settings/log',
    'settings-secrets': '/settings/secrets',
    'settings-backups': '/settings/backups',
    'settings-access': '/settings/access',
    'settings-appearance': '/settings/appearance',
    'settings-about': '/settings/about',
    'settings-danger': '/settings/danger',
  }),
  route('/start', async () => (await import('../pages/first-steps/first-steps-page.tsx')).FirstStepsPage, {
    'first-steps': '/start',
  }),
  route('/help/:topic?', async () => (await import('../pages/help/help-page.tsx')).HelpPage, {
    'help-errors': '/help/errors',
    'help-words': '/help/words',
  }),
]
