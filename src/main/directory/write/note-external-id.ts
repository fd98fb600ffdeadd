import type { ResourceKind } from '../../store/resources/resource-kind.ts'
import type { WriteScope } from './write-scope.ts'

/**
 * Notes that an integration gives a resource the externalId that another one of its kind has from it. SCIM allows that (RFC 7643 §3.1 asks no
 * uniqueness of the service provider), but who matches by it finds two from then on. That an archived one has it tells of somebody who was deleted
 * and comes back as somebody else, without the memberships.
 */
export function noteRepeatedExternalId(
  { store, integrationId, notes }: WriteScope,
  kind: ResourceKind,
  seq: number,
  externalId: string | undefined,
): void {
  if (integrationId === undefined || externalId === undefined) return
  const other = store.externalIds.otherHolder(integrationId, kind, seq, externalId)
  if (other === undefined) return
  const code = other.isArchived === 1 ? 'external-id-archived' : 'external-id-repeated'
  notes.add({ step: 'rule', code, path: 'externalId', seen: other.id })
}
