import { inboundWays } from './reach-options.ts'
import type { GuideFor } from './setup-guide.ts'

/** jumpcloud.com/support: Identity Management using a Custom SCIM Integration. */
export const jumpcloudGuide: GuideFor = ({ scimUrl }) => ({
  summary: 'Directory platform',
  portal: 'JumpCloud Admin Portal',
  needs: ['A test e-mail address that nobody has: the test creates that person and deletes it again.'],
  reach: inboundWays,
  connect: [
    {
      text: 'Go to **Access** › **SSO Applications**, open or add a custom SAML app, and choose the tab **Identity Management**.',
    },
    {
      text: 'Fill in:',
      fields: [
        { label: 'API Type', value: 'SCIM API', kind: 'choice' },
        { label: 'SCIM Version', value: 'SCIM 2.0', kind: 'choice' },
        { label: 'Base URL', value: scimUrl, kind: 'value' },
        { label: 'Token Key', value: '', kind: 'secret' },
        { label: 'Test User Email', value: 'An address that nobody has here', kind: 'choice' },
      ],
    },
    {
      text: 'If you want groups, tick **Enable management of User Groups and Group Membership in this application**.',
    },
  ],
  test: 'Press **Test Connection**: it creates a person and a group and deletes both. Then press **Activate**, and only at the end **Save**.',
  assign: [
    { text: 'On the tab **User Groups** tick a group with one person in it, and **Save**. The person appears here.' },
    { text: 'Tick the other groups. Taking a group away deactivates its members.' },
  ],
  customAttribute: [{ text: 'JumpCloud sends no custom attributes over SCIM.' }],
  trouble: [
    {
      shown: 'The test fails with “already exists”',
      cause: 'The test address belongs to somebody. Choose another one.',
    },
    { shown: 'A group does not appear', cause: 'It is empty: JumpCloud creates a group with its first member.' },
  ],
  mapping: [
    { source: 'email', target: 'userName', resource: 'User', isMatch: true },
    { source: 'email', target: 'emails.value', resource: 'User' },
    { source: 'firstname', target: 'name.givenName', resource: 'User' },
    { source: 'lastname', target: 'name.familyName', resource: 'User' },
    { source: 'displayname', target: 'displayName', resource: 'User' },
    { source: 'phoneNumbers', target: 'phoneNumbers.value', resource: 'User' },
    { source: 'user group', target: 'displayName', resource: 'Group', isMatch: true },
  ],
  checked: 'early 2026',
  sendsGroups: true,
})
