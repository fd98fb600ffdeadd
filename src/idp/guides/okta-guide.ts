import { enterpriseUserSchemaUrn } from '../../scim/urn.ts'
import { inboundWays } from './reach-options.ts'
import type { GuideFor, GuideMapping } from './setup-guide.ts'

const row = (source: string, target: string, more: Partial<GuideMapping> = {}): GuideMapping => ({
  source,
  target,
  resource: 'User',
  ...more,
})

const mapping: readonly GuideMapping[] = [
  row('userName', 'userName', { isMatch: true }),
  row('givenName', 'name.givenName'),
  row('familyName', 'name.familyName'),
  row('middleName', 'name.middleName'),
  row('email', 'emails[type eq "work"].value'),
  row('title', 'title'),
  row('displayName', 'displayName'),
  row('nickName', 'nickName'),
  row('profileUrl', 'profileUrl'),
  row('primaryPhone', 'phoneNumbers[type eq "work"].value'),
  row('preferredLanguage', 'preferredLanguage'),
  row('locale', 'locale'),
  row('timezone', 'timezone'),
  row('userType', 'userType'),
  row('employeeNumber', `${enterpriseUserSchemaUrn}:employeeNumber`),
  row('costCenter', `${enterpriseUserSchemaUrn}:costCenter`),
  row('organization', `${enterpriseUserSchemaUrn}:organization`),
  row('division', `${enterpriseUserSchemaUrn}:division`),
  row('department', `${enterpriseUserSchemaUrn}:department`),
  row('managerValue', `${enterpriseUserSchemaUrn}:manager.value`),
  { source: 'name of the pushed group', target: 'displayName', resource: 'Group', isMatch: true },
  { source: 'its members', target: 'members', resource: 'Group' },
]

/**
 * developer.okta.com, scim-provisioning-integration-connect: the app made by the App Integration Wizard. Of the agent: help.okta.com, "Connect to a
 * SCIM connector", and support.okta.com, "OPP Agent with SCIM 2.0".
 */
export const oktaGuide: GuideFor = ({ scimUrl, example }) => ({
  summary: 'Workforce Identity Cloud',
  portal: 'Okta Admin Console',
  needs: ['The role Super Administrator or Application Administrator.', 'A plan with Lifecycle Management.'],
  reach: [
    {
      name: 'Okta On-Premises Provisioning Agent',
      text: `Okta’s own agent runs inside your network and calls the SCIM URL from there. Nothing has to be let in from outside. It speaks SCIM 2.0 from version 2.1.0 on, and sends people, not groups. In the portal, choose on-premises provisioning for the app, press Configure SCIM Connector, enter ${scimUrl}/ with its slash at the end, which makes the agent speak SCIM 2.0, and choose HTTP Header: its name is Authorization, its value the word Bearer, a blank and the token. Okta itself helps with this only through its Professional Services or a partner.`,
      needsInbound: false,
    },
    ...inboundWays,
  ],
  connect: [
    {
      text: 'Go to **Applications and Resources** › **Applications** › **Create App Integration**, choose **SAML 2.0** or **SWA**, and finish the wizard. An OIDC app made this way cannot have SCIM.',
    },
    {
      text: 'On the app, under **General** › **App Settings** › **Edit**, set **Provisioning** to **SCIM** and **Save**.',
    },
    {
      text: 'On the new tab **Provisioning** › **Settings: Integration** › **Edit**, fill in:',
      fields: [
        { label: 'SCIM connector base URL', value: scimUrl, kind: 'value' },
        { label: 'Unique identifier field for users', value: 'userName', kind: 'value' },
        {
          label: 'Supported provisioning actions',
          value: 'Push New Users, Push Profile Updates, Push Groups',
          kind: 'choice',
        },
        { label: 'Authentication Mode', value: 'HTTP Header', kind: 'choice' },
        { label: 'Authorization: Bearer', value: '', kind: 'secret' },
      ],
    },
  ],
  test: 'Press **Test Connector Configuration**. When all lines are green, press **Close**, then **Save**.',
  assign: [
    {
      text: 'Under **Provisioning** › **To App** › **Edit** tick **Create Users**, **Update User Attributes** and **Deactivate Users**, then **Save**. All are off until you tick them.',
    },
    { text: 'Under **Assignments** › **Assign** pick one person. The person appears here within seconds.' },
    {
      text: 'Under **Push Groups** › **+ Push Groups** › **Find groups by name** pick a group, tick **Push group memberships immediately**, choose **Create Group**, and **Save**. Use other groups here than for assignment.',
    },
    { text: 'Assign everybody else.' },
  ],
  customAttribute: [
    { text: 'Under **Provisioning** › **To App** press **Go to Profile Editor**, then **Add Attribute**.' },
    {
      text: 'Fill in, choose the data type, and **Save**.',
      fields: [
        { label: 'External name', value: example.name, kind: 'value' },
        { label: 'External namespace', value: example.urn, kind: 'value' },
      ],
    },
    {
      text: 'Under **Mappings** choose **Map from Okta Profile**, pick the source, and apply it on **Create and update**.',
    },
    { text: 'People who are assigned already need **Force Sync**.' },
  ],
  trouble: [
    {
      shown: '“Create new user returned empty user”',
      cause: 'Something between Okta and Rollcall took the body out of the answer, such as a proxy.',
    },
    {
      shown: '“Invalid JSON”',
      cause: 'A proxy answered with a page of its own. Look whether the URL reaches Rollcall.',
    },
    {
      shown: 'Failed tasks under Dashboard › Tasks',
      cause: 'Okta gives up after ten tries. Mend the cause, then press “Retry” there.',
    },
    {
      shown: 'A custom attribute that never arrives',
      cause: 'It was made before provisioning was switched on and has no namespace. Delete it and make it again.',
    },
  ],
  mapping,
  checked: 'August 2026',
  sendsGroups: true,
})
