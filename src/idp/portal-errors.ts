import type { PortalError } from './error-explanation.ts'

/**
 * What the portals of IdPs say, with what is behind it.
 * learn.microsoft.com: application-provisioning-config-problem-scim-compatibility, application-provisioning-quarantine-status, how-provisioning-works;
 * developer.okta.com: scim-provisioning-integration-test; support.okta.com; developers.onelogin.com/scim; jumpcloud.com/support (custom SCIM).
 */
export const portalErrors: readonly PortalError[] = [
  {
    id: 'entra-invalid-credentials',
    idp: 'entra',
    title: 'You appear to have entered invalid credentials',
    words: [
      'invalid credentials',
      'CredentialValidationUnavailable',
      'SystemForCrossDomainIdentityManagementCredentialValidationUnavailable',
    ],
    meaning:
      'Entra ID did not get through: the token is wrong, the address leads elsewhere, or its TLS certificate is not of a public CA.',
    nextStep:
      'Look under Requests: its answer says why, or that TLS failed before there was one. If nothing came at all, test the public URL under Settings › Endpoint.',
  },
  {
    id: 'entra-incompatible',
    idp: 'entra',
    title: 'SystemForCrossDomainIdentityManagementServiceIncompatible',
    words: ['ServiceIncompatible', 'appears to be incompatible', 'not compatible'],
    meaning: 'Something answered that is no SCIM server: a proxy’s page, a 404, or another application.',
    nextStep:
      'Copy the Tenant URL again from the integration’s page, then test the public URL under Settings › Endpoint.',
  },
  {
    id: 'entra-duplicate-target',
    idp: 'entra',
    title: 'DuplicateTargetEntries',
    words: ['DuplicateTargetEntries', 'multiple entries in response'],
    meaning: 'More than one record here has the value that Entra ID matches by.',
    nextStep:
      'Search for that value under Users, and rename or archive all but one; or match by userName, which is unique.',
  },
  {
    id: 'entra-entry-conflict',
    idp: 'entra',
    title: 'EntryConflict',
    words: ['EntryConflict', 'EntryConflictException'],
    meaning: 'Entra ID found nobody to match, created the person, and Rollcall has that name already.',
    nextStep:
      'Compare the matching attribute in Entra ID with the record here: it must hold the same value. Short user IDs can be turned into addresses under User IDs.',
  },
  {
    id: 'entra-invalid-anchor',
    idp: 'entra',
    title: 'InvalidAnchor',
    words: ['InvalidAnchor'],
    meaning:
      'Entra ID remembered an id that Rollcall does not have any more, because the record was purged or the data restored.',
    nextStep: 'Nothing: it forgets the id and matches again in the next cycle. Provision on demand does it at once.',
  },
  {
    id: 'entra-quarantine',
    idp: 'entra',
    title: 'Quarantine (EncounteredQuarantineException, EncounteredEscrowProportionThreshold)',
    words: ['quarantine', 'EncounteredQuarantineException', 'EncounteredEscrowProportionThreshold'],
    meaning:
      'Entra ID has slowed the job down to one cycle a day, because nearly all calls failed, or more than 40 % of them after 5,000 failures; after four weeks it disables it.',
    nextStep: 'Mend what fails, most often the token, then press Restart provisioning in Entra ID.',
  },
  {
    id: 'entra-skipped',
    idp: 'entra',
    title: 'Skipped',
    words: ['skipped', 'NotEffectivelyEntitled', 'RedundantExport', 'NotInScope'],
    meaning:
      'Entra ID sent nothing: the person is not assigned, out of scope, was disabled before the first cycle, or nothing has changed.',
    nextStep: 'Look at Users and groups and at the scoping filter in Entra ID. There is nothing to do here.',
  },
  {
    id: 'entra-mandatory',
    idp: 'entra',
    title: 'MandatoryFieldsMissing',
    words: ['MandatoryFieldsMissing'],
    meaning: 'The mapping makes no value for an attribute that is required, such as userName.',
    nextStep: 'Open the person in Entra ID and fill in the source, or give the mapping a default value.',
  },
  {
    id: 'entra-schema-attribute',
    idp: 'entra',
    title: 'SchemaAttributeNotFound',
    words: ['SchemaAttributeNotFound'],
    meaning: 'A mapping writes to an attribute that stands in no list of attributes.',
    nextStep: 'Copy the exact name from Attributes into Edit attribute list in Entra ID.',
  },
  {
    id: 'entra-deletions',
    idp: 'entra',
    title: 'Allow deletes (StagedDelete)',
    words: ['StagedDelete', 'StagedAction', 'accidental deletion', 'allow deletes'],
    meaning:
      'More people would be disabled or deleted in this cycle than the threshold allows, so Entra ID waits for you.',
    nextStep: 'Look at the list there first. If it is right, press Allow deletes.',
  },
  {
    id: 'entra-repeats',
    idp: 'entra',
    title: 'The same change comes every 40 minutes',
    words: ['every cycle', 'same patch'],
    meaning: 'Entra ID reads back another value than it wrote, and writes it again in each cycle.',
    nextStep:
      'Compare request and answer of two such changes; usually the mapping’s expression makes a value of another type or shape.',
  },
  {
    id: 'okta-unauthorized',
    idp: 'okta',
    title: 'Error authenticating: Unauthorized',
    words: ['error authenticating', 'unauthorized'],
    meaning: 'Okta’s request arrived with a token that is not the right one.',
    nextStep:
      'Paste the token again in Provisioning › Integration. HTTP Header adds the word Bearer by itself, so paste the token alone.',
  },
  {
    id: 'okta-invalid-json',
    idp: 'okta',
    title: 'Invalid JSON',
    words: ['invalid json'],
    meaning: 'A proxy or firewall answered with a page of its own instead of Rollcall.',
    nextStep: 'Test the public URL under Settings › Endpoint: it says who answers there.',
  },
  {
    id: 'okta-empty-user',
    idp: 'okta',
    title: 'Create new user returned empty user',
    words: ['returned empty user'],
    meaning: 'Okta got an answer without a body when it created somebody.',
    nextStep: 'Something between Okta and Rollcall drops it: let the proxy pass application/scim+json unchanged.',
  },
  {
    id: 'okta-conflict',
    idp: 'okta',
    title: 'Error while creating user: Conflict',
    words: ['conflict', 'already exists'],
    meaning: 'Okta tried to create somebody whom Rollcall has already under that userName.',
    nextStep:
      'Compare the userName there and here; Okta links a person only when both are the same. Then press Retry in Tasks.',
  },
  {
    id: 'okta-timeout',
    idp: 'okta',
    title: 'Timed out',
    words: ['timed out', 'timeout', 'sockettimeout'],
    meaning: 'Okta waited 60 seconds and got no answer.',
    nextStep: 'Look at the tunnel or proxy, and whether this machine was asleep. Then press Retry in Tasks.',
  },
  {
    id: 'okta-attribute',
    idp: 'okta',
    title: 'A custom attribute never arrives',
    words: ['external namespace', 'attribute not sent'],
    meaning:
      'The attribute was made before provisioning was switched on, so that it has no namespace and is never sent.',
    nextStep:
      'Delete it in the Profile Editor and add it again with the URN from Attributes as its external namespace.',
  },
  {
    id: 'onelogin-pending',
    idp: 'onelogin',
    title: 'Pending approval',
    words: ['pending', 'approval'],
    meaning: 'OneLogin keeps the change until an administrator approves it; nothing has been sent.',
    nextStep: 'Approve it under Users › Provisioning, or untick Require admin approval in the app.',
  },
  {
    id: 'onelogin-disabled',
    idp: 'onelogin',
    title: 'API Status: Disabled',
    words: ['api status', 'connection failed'],
    meaning: 'OneLogin could not sign in with the base URL and the bearer token.',
    nextStep:
      'Paste both again under Configuration, press Enable, and look whether its request arrives under Requests.',
  },
  {
    id: 'jumpcloud-test',
    idp: 'jumpcloud',
    title: 'Test connection failed',
    words: ['test connection', 'unable to connect'],
    meaning: 'JumpCloud creates a person and a group as a test and deletes them; one of the steps was refused.',
    nextStep:
      'The failed step is in the log here. The test address must not exist yet, and the policy must allow to create and delete.',
  },
  {
    id: 'ping-filter',
    idp: 'ping',
    title: 'The connection test fails at the filter',
    words: ['filter expression'],
    meaning: 'The user filter expression in PingOne names an attribute that cannot be filtered by.',
    nextStep: 'Set User filter expression to userName eq "%s".',
  },
  {
    id: 'google-app',
    idp: 'google',
    title: 'Auto-provisioning failed',
    words: ['auto-provisioning', 'autoprovisioning'],
    meaning:
      'Google provisions only into the applications of its own catalogue, with the address that is entered there.',
    nextStep: 'Look whether its request arrives under Requests; the answer says why it is refused.',
  },
]
