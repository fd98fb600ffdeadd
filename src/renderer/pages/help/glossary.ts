/** A word of the field, or of ours, in one or two sentences. */
export interface GlossaryEntry {
  readonly word: string
  readonly meaning: string
  /** Other ways to call it, by which it is found. */
  readonly also?: readonly string[]
}

/** RFC 7643 and 7644 for the protocol's words; learn.microsoft.com, entra/identity/app-provisioning, for those of provisioning. */
export const glossary: readonly GlossaryEntry[] = [
  {
    word: 'Accidental deletions',
    meaning:
      'A threshold in Entra ID: when more people than that would be disabled in one cycle, it waits for somebody to allow it.',
  },
  {
    word: 'Adoption',
    meaning:
      'An identity provider finds a local person by the matching attribute and manages them from then on, instead of creating them a second time.',
  },
  {
    word: 'Archive',
    meaning: 'Where deleted people and groups are, out of sight of SCIM, until they are restored or purged.',
    also: ['soft delete', 'restore'],
  },
  {
    word: 'Attribute',
    meaning:
      'One thing that is known of a person or a group, such as title. A complex one has parts, as name.familyName; a multi-valued one has several, as emails.',
    also: ['sub-attribute', 'multi-valued'],
  },
  {
    word: 'Base URL',
    meaning: 'The address below which SCIM is served; Entra ID calls it Tenant URL, Okta SCIM connector base URL.',
    also: ['tenant URL', 'SCIM URL'],
  },
  {
    word: 'Change',
    meaning: 'One modification in the audit: what an attribute was and became, who did it, and by which request.',
    also: ['audit', 'history'],
  },
  {
    word: 'Cycle',
    meaning:
      'One pass of Entra ID over everybody in scope: an initial one looks at all, an incremental one, about every 40 minutes, only at what has changed.',
    also: ['initial cycle', 'incremental cycle', 'provisioning cycle'],
  },
  {
    word: 'Dialect',
    meaning:
      'Something that an identity provider sends although the RFC does not say so, such as active as the text "False". It is accepted by name, with a note.',
  },
  {
    word: 'Directory',
    meaning: 'A set of people and groups with custom attributes of its own. There is one, main, until you add another.',
  },
  {
    word: 'Drift',
    meaning:
      'An attribute that a person changed here although an identity provider manages the record, and that it has not written since.',
  },
  {
    word: 'Escrow',
    meaning:
      'Where Entra ID keeps a person whose change failed, to try again after 6, 12 and 24 hours, and then daily.',
    also: ['retry', 'back-off'],
  },
  {
    word: 'Extension',
    meaning:
      'A further schema beside the core one, named by a URN, such as EnterpriseUser, or one with attributes of your own.',
    also: ['custom attribute', 'URN', 'namespace'],
  },
  {
    word: 'externalId',
    meaning: 'The id by which the identity provider knows a record; Rollcall keeps one for each integration.',
  },
  {
    word: 'Integration',
    meaning: 'The connection of one identity provider to one directory: its address, its token, its policy.',
  },
  {
    word: 'Journal',
    meaning: 'The stored requests, redacted before they were stored.',
    also: ['request log'],
  },
  {
    word: 'Match',
    meaning:
      'Before it creates somebody, an identity provider looks whether they are there already, by the matching attribute, most often userName.',
    also: ['matching attribute', 'lookup'],
  },
  {
    word: 'Mutability',
    meaning: 'Whether a client may change an attribute: readWrite, readOnly, immutable or writeOnly.',
  },
  {
    word: 'On-demand provisioning',
    meaning: 'One person, or one group with up to five members, sent at once from Entra ID’s portal, to try it out.',
    also: ['provision on demand'],
  },
  {
    word: 'PATCH',
    meaning: 'A request that changes parts of a record: add, replace and remove at a path. Entra ID works with it.',
  },
  {
    word: 'Policy',
    meaning: 'What an integration may do here, and how it is answered.',
  },
  {
    word: 'Provisioning agent',
    meaning:
      'A program of the identity provider inside your network that fetches its orders from the cloud, so that nothing has to come in from outside.',
  },
  {
    word: 'Purge',
    meaning: 'Removing what is archived for good. Only the fact of it stays in the audit.',
  },
  {
    word: 'PUT',
    meaning:
      'A request that replaces a record as a whole: what it leaves out is taken away. Okta’s own apps work with it.',
  },
  {
    word: 'Quarantine',
    meaning:
      'When nearly all calls fail, Entra ID slows the job down to one cycle a day, and disables it after four weeks.',
  },
  {
    word: 'Resource',
    meaning: 'What SCIM is about: a User, a Group. Each has an id, a version and a place.',
    also: ['resource type'],
  },
  {
    word: 'Schema',
    meaning: 'The list of attributes that a resource may have, with their types and rules.',
  },
  {
    word: 'SCIM',
    meaning:
      'System for Cross-domain Identity Management, RFC 7643 and 7644: how an identity provider creates, changes and removes people and groups elsewhere.',
  },
  {
    word: 'SCIM administrator',
    meaning:
      'The local user whom an integration acts as: an Administrator or a User Manager. Without one it stands still.',
  },
  {
    word: 'Scope',
    meaning: 'Whom an identity provider provisions: those who are assigned to the application, or everyone.',
    also: ['assignment', 'scoping filter'],
  },
  {
    word: 'Service provider',
    meaning: 'The side that is provisioned into, which is Rollcall; the identity provider is the client.',
    also: ['identity provider', 'IdP', 'client'],
  },
  {
    word: 'Token',
    meaning:
      'What lets an identity provider in: 256 random bits behind rc_. Only a hash of it is kept, so that it is shown once and never again.',
    also: ['bearer token', 'secret token'],
  },
  {
    word: 'Trace',
    meaning: 'The ordered steps by which a request got its answer, each with what was expected and what was seen.',
    also: ['why this answer'],
  },
  {
    word: 'Uniqueness',
    meaning: 'userName and the displayName of groups exist once in a directory, whatever their letter case; else 409.',
  },
  {
    word: 'Vault',
    meaning: 'Where secrets are kept: the keychain of the operating system, or a file for its owner alone.',
  },
]

/** The entries in which a text stands. */
export function findWords(text: string): readonly GlossaryEntry[] {
  const sought = text.trim().toLowerCase()
  if (sought === '') return glossary
  return glossary.filter(({ word, meaning, also = [] }) =>
    [word, meaning, ...also].some((each) => each.toLowerCase().includes(sought)),
  )
}
