import { inboundWays } from './reach-options.ts'
import type { GuideFor } from './setup-guide.ts'

/** docs.pingidentity.com: p1_create_scim_connection, pf_scim_connector_scim_connector_settings_reference. */
export const pingGuide: GuideFor = ({ scimUrl }) => ({
  summary: 'PingOne and PingFederate',
  portal: 'PingOne console',
  needs: ['The role Identity Data Admin in the environment. PingFederate needs the SCIM Provisioner add-on.'],
  reach: inboundWays,
  connect: [
    {
      text: 'Go to **Integrations** › **Provisioning** › **+** › **New connection**, press **Select** at **Identity Store**, and choose **SCIM Outbound**.',
    },
    {
      text: 'Give it a name, then fill in:',
      fields: [
        { label: 'SCIM base URL', value: scimUrl, kind: 'value' },
        { label: 'Users resource', value: '/Users', kind: 'value' },
        { label: 'Groups resource', value: '/Groups', kind: 'value' },
        { label: 'SCIM version', value: '2.0', kind: 'choice' },
        { label: 'Authentication method', value: 'OAuth 2 Bearer Token', kind: 'choice' },
        { label: 'OAuth access token', value: '', kind: 'secret' },
        { label: 'Auth type header', value: 'Bearer', kind: 'choice' },
      ],
    },
    {
      text: 'In PingFederate instead, under **Outbound Provisioning** of the SP connection: the same address as **SCIM URL**, `2.0` as **SCIM Version**, **OAuth 2 Bearer Token** among the **Authentication Methods** with the token as **Access Token**, and `userName` as **Unique User Identifier**.',
    },
  ],
  test: 'Press **Test connection**.',
  assign: [
    {
      text: 'Under preferences fill in, choose what Ping may do, then **Save** and switch the connection on.',
      fields: [
        { label: 'User filter expression', value: 'userName eq "%s"', kind: 'value' },
        { label: 'User identifier', value: 'userName', kind: 'value' },
      ],
    },
    {
      text: 'Press **+** › **New rule**, choose the connection, set a **User filter**, and map **Email Address** to `userName` under **Attribute mapping**.',
    },
    { text: 'Add groups, then switch the rule on. The first sync is full, later ones are incremental.' },
  ],
  customAttribute: [{ text: 'Add the attribute by its full name under **Attribute mapping** of the rule.' }],
  trouble: [
    { shown: 'An attribute is never cleared', cause: 'Ping does not send that an attribute became empty.' },
    {
      shown: 'Two primary e-mail addresses',
      cause: 'Ping marks several as primary; Rollcall keeps the first and notes it.',
    },
  ],
  mapping: [
    { source: 'Email Address', target: 'userName', resource: 'User', isMatch: true },
    { source: 'Email Address', target: 'emails[type eq "work"].value', resource: 'User' },
    { source: 'Given Name', target: 'name.givenName', resource: 'User' },
    { source: 'Family Name', target: 'name.familyName', resource: 'User' },
    { source: 'Formatted', target: 'name.formatted', resource: 'User' },
    { source: 'Name of the group', target: 'displayName', resource: 'Group', isMatch: true },
  ],
  checked: 'early 2026',
  sendsGroups: true,
})
