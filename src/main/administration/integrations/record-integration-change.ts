import type { JsonValue } from '../../../scim/json/json.ts'
import type { IntegrationChange } from '../../store/resources/changes.ts'
import type { IntegrationRow } from '../../store/configuration/integrations.ts'
import type { AdministrationScope } from '../administration-scope.ts'

/** Adds what was done to an integration to the audit. */
export function recordIntegrationChange(
  { store, now, actor }: AdministrationScope,
  integration: Pick<IntegrationRow, 'id' | 'slug' | 'directory_id'>,
  action: IntegrationChange['action'],
  attributes: Readonly<Record<string, readonly [before: JsonValue, after: JsonValue]>>,
): void {
  store.changes.addOfIntegration({
    at: now,
    directoryId: integration.directory_id,
    integrationId: integration.id,
    slug: integration.slug,
    action,
    actor,
    attributes: JSON.stringify(attributes),
  })
}
