import type { AnswerError } from './error-explanation.ts'

/** Why a list by a filter is refused. The first of equals wins, as in the whole catalogue. */
export const filterErrors: readonly AnswerError[] = [
  {
    id: 'filter-attribute',
    title: '400 · the filter asks for an attribute that is not here',
    status: 400,
    codes: ['filter-attribute-unknown'],
    meaning:
      'The identity provider looks for people or groups by an attribute that they do not have in this directory, so it finds nobody and cannot go on.',
    nextStep:
      'The trace names the attribute. Match by userName instead, by displayName for groups, or by another one that is here. If it is one of your own, add it under Attributes and copy its full name, with the URN, into the mapping.',
    idps: {
      entra:
        'Entra ID asks for its matching attributes: Provisioning › Mappings, then the attributes with a Matching precedence. Change the target attribute there, save, and restart provisioning.',
      okta: 'Okta asks for what stands as Unique identifier field for users under Provisioning › Integration: userName.',
      onelogin: 'OneLogin asks for what the SCIM Username under Parameters is matched by: userName.',
      ping: 'PingOne asks by the User filter expression of its connection, usually userName eq "%s"; PingFederate by its Filter Expression.',
    },
  },
  {
    id: 'filter-too-long',
    title: '400 · the filter is too long',
    status: 400,
    codes: ['limit-exceeded'],
    meaning:
      'The filter is longer, nests deeper or compares more than one request may; it may be right in all other respects.',
    nextStep:
      'The trace names the limit, which no setting changes. Let the script or the connector ask for fewer people or groups at once, in several requests; an identity provider that looks for one person at a time is nowhere near it.',
  },
  {
    id: 'path-filter-refused',
    title: '400 · a path cannot be understood',
    status: 400,
    methods: ['PATCH'],
    scimTypes: ['invalidFilter'],
    meaning: 'The filter in brackets in the path of an operation is not one that SCIM knows.',
    nextStep:
      'The answer says which operation and where. Correct the target attribute in the identity provider’s mapping: an attribute, and in brackets what tells its values apart, as in emails[type eq "work"].value.',
  },
  {
    id: 'filter-refused',
    title: '400 · the filter cannot be understood',
    status: 400,
    scimTypes: ['invalidFilter'],
    meaning: 'The filter in the request is not one that SCIM knows, or it names an attribute that cannot be compared.',
    nextStep:
      'Look at the filter in the request: an attribute, an operator such as eq, and a value in double quotes. Then mend the matching attribute or the filter expression in the identity provider. If it breaks off in a name such as R&D, the client has to send the & as %26.',
    idps: { ping: 'PingOne lets you edit it: User filter expression, usually userName eq "%s".' },
  },
]
