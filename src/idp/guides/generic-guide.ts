import { inboundWays } from './reach-options.ts'
import type { GuideFor } from './setup-guide.ts'

/** Any client of RFC 7644. */
export const genericGuide: GuideFor = ({ scimUrl, example }) => ({
  summary: 'Any other SCIM 2.0 client, such as authentik or CyberArk',
  portal: 'settings of your identity provider',
  needs: ['A client of SCIM 2.0 (RFC 7644) that can send a bearer token.'],
  reach: inboundWays,
  connect: [
    {
      text: 'In the settings for SCIM or provisioning, fill in the address and the token. Both names differ between products.',
      fields: [
        { label: 'Base URL', value: scimUrl, kind: 'value' },
        { label: 'Authentication', value: 'Bearer token in the header Authorization', kind: 'choice' },
        { label: 'Token', value: '', kind: 'secret' },
      ],
    },
  ],
  test: 'Press the button that tests the connection, or let it provision one person.',
  assign: [{ text: 'Assign one person, and see them arrive under **Users**. Then assign everybody.' }],
  customAttribute: [
    {
      text: 'Use the full name, or the URN and the name where they are asked for apart.',
      fields: [{ label: 'Full name', value: `${example.urn}:${example.name}`, kind: 'value' }],
    },
  ],
  trouble: [
    { shown: '401', cause: 'The token is not the present one, or is not sent as “Authorization: Bearer …”.' },
    { shown: '404', cause: 'The path is not the one shown here.' },
  ],
  mapping: [
    { source: 'login', target: 'userName', resource: 'User', isMatch: true },
    { source: 'e-mail', target: 'emails[type eq "work"].value', resource: 'User' },
    { source: 'first name', target: 'name.givenName', resource: 'User' },
    { source: 'last name', target: 'name.familyName', resource: 'User' },
    { source: 'group name', target: 'displayName', resource: 'Group', isMatch: true },
    { source: 'members', target: 'members', resource: 'Group' },
  ],
  checked: undefined,
  sendsGroups: true,
})
