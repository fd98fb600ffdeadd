import { inboundWays } from './reach-options.ts'
import type { GuideFor } from './setup-guide.ts'

/**
 * Any client of RFC 7644. What is said of certain ones: docs.goauthentik.io, create-scim-provider; workos.com and help.kombo.dev on Rippling;
 * identity-developer.cyberark.com, SCIM API requirements.
 */
export const genericGuide: GuideFor = ({ scimUrl, example }) => ({
  summary: 'Any other SCIM 2.0 client, such as authentik, Keycloak, CyberArk or Rippling',
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
    {
      text: 'In authentik: **Applications** › **Applications** › **New Application**, choose **SCIM** as **Provider Type** and paste both there; then add that provider to your application under **Backchannel providers**.',
    },
    {
      text: 'In Rippling: under **Third-Party Access** or **Custom Integrations** make an integration with **User Management via SCIM**, **SCIM version** `2.0` and **Bearer Token**; tick **Supports Groups**, **Supports Pagination** and **Use PATCH to edit groups**.',
    },
    {
      text: 'In CyberArk Identity: on the app’s page **Provisioning** tick **Enable provisioning for this application**, paste the address as **SCIM Service URL**, and press **Verify**.',
    },
    {
      text: 'Keycloak has no client of its own: a plug-in such as keycloak-scim takes both. Let it change groups by PATCH.',
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
