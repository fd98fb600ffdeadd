import type { Capabilities } from './capabilities.ts'

/** What an endpoint has to have for a check to mean anything. */
export type Need = 'filter' | 'patch' | 'sort' | 'etag' | 'bulk' | 'cursors' | 'groups' | 'enterprise extension'

/** Why a need is not met; undefined where it is. What identity providers cannot do without is tried unless it is denied; the rest has to be claimed. */
const reasons: { readonly [need in Need]: (has: Capabilities) => string | undefined } = {
  filter: (has) => denied(has.claims('filter'), 'filtering'),
  patch: (has) => denied(has.claims('patch'), 'PATCH'),
  sort: (has) => unclaimed(has.claims('sort'), 'sorting'),
  etag: (has) => unclaimed(has.claims('etag'), 'ETags'),
  bulk: (has) =>
    unclaimed(has.claims('bulk'), 'bulk operations') ??
    (has.bulkMaxOperations < 2 ? 'bulk.maxOperations is below 2' : undefined),
  cursors: (has) => unclaimed(has.hasCursors, 'cursors'),
  groups: (has) => (has.hasGroups === false ? '/ResourceTypes names no groups' : undefined),
  'enterprise extension': (has) =>
    has.hasEnterpriseUser === false ? '/ResourceTypes does not name the enterprise extension' : undefined,
}

function denied(claim: boolean | undefined, what: string): string | undefined {
  return claim === false ? `ServiceProviderConfig says that ${what} is not supported` : undefined
}

function unclaimed(claim: boolean | undefined, what: string): string | undefined {
  return claim === true ? undefined : `ServiceProviderConfig does not claim ${what}`
}

/** The reason to leave a check out; undefined where everything that it needs is there. */
export function missing(needs: readonly Need[], has: Capabilities): string | undefined {
  for (const need of needs) {
    const reason = reasons[need](has)
    if (reason !== undefined) return reason
  }
  return undefined
}
