import { externalIdOf, type ResourceRow } from '../../store/resources/resource-row.ts'
import type { WriteScope } from './write-scope.ts'

/**
 * Whether the record that has a name already is the one that is to be created: the integration gave it the externalId that it sends anew. That is
 * noted, and told by the words that this returns for the sentence of the refusal; `isInactive` is whether it is deactivated.
 */
export function hereAlready(
  scope: WriteScope,
  other: Pick<ResourceRow, 'external_ids'>,
  externalId: string | undefined,
  isInactive: boolean,
): string {
  const { integrationId, notes } = scope
  if (integrationId === undefined || externalId === undefined) return ''
  if (externalIdOf(other, integrationId) !== externalId) return ''
  notes.add({ step: 'rule', code: 'here-already', ...(isInactive && { seen: 'inactive' }) })
  return ' and the externalId of this request'
}
