import type { SimulatedIdp } from './simulated-idp.ts'

const escrow =
  'Entra puts the user or group into escrow and tries again after 6, 12 and 24 hours, then daily for 28 days; when most calls fail, the job goes into quarantine'

/** What Entra does about each trouble: learn.microsoft.com, "how provisioning works" and "application provisioning in quarantine". */
export const entraConsequences: SimulatedIdp['consequences'] = {
  'no-answer':
    'Entra tries again in the next cycle, about 40 minutes later; when most calls fail, the job goes into quarantine.',
  'not-scim':
    'Entra takes the endpoint for incompatible (SystemForCrossDomainIdentityManagementServiceIncompatible): Test Connection fails, a running job goes into quarantine.',
  redirected: 'Entra does not follow a redirect. Enter the URL it leads to as the Tenant URL.',
  unauthorised:
    'Test Connection fails; a running job goes into quarantine at once, with one cycle a day. Enter a valid Secret Token.',
  gone: 'Entra forgets its link to the record (InvalidAnchor) and matches again, which can end in a second account.',
  conflict: `The account is not linked (EntryConflict). ${escrow}.`,
  throttled: 'Entra slows down and tries again; a cycle takes much longer. It needs about 25 requests a second.',
  unsupported: `Entra cannot do without this request. ${escrow}.`,
  failing:
    'Entra tries again in the next cycle, about 40 minutes later; when most calls fail, the job goes into quarantine.',
  rejected: `The whole change fails, not one attribute alone. ${escrow}.`,
  'unexpected-status': `Entra takes it for a failure. ${escrow}.`,
  'filter-ignored':
    'Entra trusts the answer: it would link the person to somebody else’s account and overwrite that, or report DuplicateTargetEntries when there are several.',
  'already-there':
    'Entra would take over the account. This one is not of this run, so nothing was done with it: name another --seed.',
  duplicates: 'Entra reports DuplicateTargetEntries and leaves the user alone until there is one match.',
  'somebody-else':
    'Entra links the person to the record that the answer is about, and overwrites that in the next cycle. Nothing was done with it here.',
  'no-id': 'Entra cannot link the account: it matches again in every cycle and never updates it.',
  'not-found-after-create':
    'Entra does not find its user again after a restart of provisioning, and creates it a second time.',
  'change-not-shown': 'Entra compares this with its own value and sends the same change again in every cycle.',
  'still-active': 'Somebody who was disabled in Entra can still sign in to the application.',
  'still-inactive': 'Somebody who is back in scope stays locked out of the application.',
  'members-not-excluded':
    'Large groups time out: Entra asks for groups without their members, for the list may be long.',
  'members-not-shown': 'Entra sends the same members again in every cycle; people lack what the group gives them.',
  'member-not-removed': 'Somebody keeps what a group gives, although Entra has taken them out of it.',
  'members-lost':
    'Entra does not send these memberships again: people lose what the group gives them until provisioning is restarted.',
  'paging-wrong': 'Discover identities reads people twice or not at all.',
  'still-there': 'The account or group that was deleted in Entra stays. Entra does not look again.',
}
