import { inboundWays } from './reach-options.ts'
import type { GuideFor } from './setup-guide.ts'

/** developers.onelogin.com/scim. */
export const oneloginGuide: GuideFor = ({ scimUrl, example }) => ({
  summary: 'By One Identity',
  portal: 'OneLogin Administration',
  needs: ['A plan with provisioning. A connector with SAML alone cannot push people.'],
  reach: inboundWays,
  connect: [
    {
      text: 'Go to **Administration** › **Applications** › **Add App**, look for `SCIM Provisioner with SAML (SCIM v2 Enterprise)`, and **Save**.',
    },
    {
      text: 'Under **Configuration** › **API Connection** fill in. Keep the **SCIM JSON Template**, and leave **Custom Headers** empty.',
      fields: [
        { label: 'SCIM Base URL', value: scimUrl, kind: 'value' },
        { label: 'SCIM Bearer Token', value: '', kind: 'secret' },
      ],
    },
  ],
  test: 'Press **Enable**. **API Status** becomes **Enabled**; then press **Save**.',
  assign: [
    {
      text: 'Under **Parameters** set **SCIM Username** to Email or username, and add **Groups** with **Include in User Provisioning**.',
    },
    {
      text: 'Under **Provisioning** tick **Enable provisioning**, and untick **Require admin approval** for creating, deleting and updating a user, else everything waits in a queue. **Save**.',
    },
    { text: 'Assign one person under **Users** › **Applications**. The person appears here.' },
    {
      text: 'Groups: **Provisioning** › **Entitlements** › **Refresh**, then **Rules** › **Add Rule** with the action **Set Groups in …**.',
    },
  ],
  customAttribute: [
    {
      text: 'Add the extension to the **SCIM JSON Template**: its URN in `schemas`, and an object of this name.',
      fields: [
        { label: 'Extension', value: example.urn, kind: 'value' },
        { label: 'Attribute', value: example.name, kind: 'value' },
      ],
    },
  ],
  trouble: [
    {
      shown: 'Nothing arrives',
      cause: 'Changes wait for approval under Provisioning. Untick “Require admin approval”.',
    },
    { shown: '“API Status: Disabled”', cause: 'The test was refused. Look at the requests here: they say why.' },
  ],
  mapping: [
    { source: 'SCIM Username', target: 'userName', resource: 'User', isMatch: true },
    { source: '{$user.email}', target: 'emails.value', resource: 'User' },
    { source: '{$user.firstname}', target: 'name.givenName', resource: 'User' },
    { source: '{$user.lastname}', target: 'name.familyName', resource: 'User' },
    { source: '{$user.display_name}', target: 'displayName', resource: 'User' },
    { source: 'Groups', target: 'members', resource: 'Group' },
  ],
  checked: 'early 2026',
  sendsGroups: true,
})
