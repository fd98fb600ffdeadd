import type { SimulatedIdp } from './simulated-idp.ts'

const task = 'The change becomes a failed task in Okta (Dashboard › Tasks), which an administrator has to retry'

/** What Okta does about each trouble: developer.okta.com, the SCIM 2.0 guide and "Test your SCIM integration". */
export const oktaConsequences: SimulatedIdp['consequences'] = {
  'no-answer': `Okta waits 60 seconds at most. ${task}.`,
  'not-scim': `Okta says "Invalid JSON". ${task}; a connection test fails, and the settings cannot be saved.`,
  redirected: 'Okta does not follow a redirect. Enter the URL it leads to as the Base URL.',
  unauthorised:
    'Okta refuses to save the settings ("Error authenticating"); later, every change becomes a failed task. Enter a valid token.',
  gone: `Okta still knows the id that the endpoint has forgotten. ${task}, or the user is assigned anew.`,
  conflict: `Okta shows the error to the administrator and does not link the account. ${task}.`,
  throttled: 'Okta waits as long as Retry-After says, or 5 minutes, and gives up after 10 tries.',
  unsupported: `${task}. Okta does not fall back from PATCH to PUT or back: an app made with the wizard sends PUT, a catalogue app PATCH.`,
  failing: `${task}.`,
  rejected: `${task}.`,
  'unexpected-status': `Okta takes it for a failure. ${task}.`,
  'filter-ignored': 'Okta trusts the answer: it would link the person to somebody else’s account and overwrite that.',
  'already-there':
    'Okta would take over the account. This one is not of this run, so nothing was done with it: name another --seed.',
  duplicates: 'Okta cannot tell which account is meant, and the assignment fails.',
  'somebody-else':
    'Okta links the person to the record that the answer is about, and overwrites that with the next change. Nothing was done with it here.',
  'no-id': 'Okta says "Create new user returned empty user", and does not link the account.',
  'not-found-after-create':
    'When the user is assigned again, Okta does not find the account and tries to create it a second time.',
  'change-not-shown':
    'The application works with other values than Okta shows, and the next import brings the old ones back.',
  'still-active': 'Somebody who was deactivated or unassigned in Okta can still sign in to the application.',
  'still-inactive': 'Somebody who was assigned again stays locked out of the application.',
  'members-not-excluded': 'Large groups time out.',
  'members-not-shown': 'Group push says it has succeeded, while people lack what the group gives them.',
  'member-not-removed': 'Somebody keeps what a group gives, although Okta has taken them out of it.',
  'members-lost': 'People lose what the group gives them until the group is pushed again.',
  'paging-wrong':
    'An import reads people twice or not at all; one that misses more than 20 % is stopped by the safeguard.',
  'still-there': 'The group stays in the application after its push was unlinked.',
}
