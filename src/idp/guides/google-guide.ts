import { inboundWays } from './reach-options.ts'
import type { GuideFor } from './setup-guide.ts'

/** Google documents auto-provisioning for apps of its catalogue alone. */
export const googleGuide: GuideFor = ({ scimUrl }) => ({
  summary: 'Experimental: people only, through a listed app',
  portal: 'Google Admin console',
  needs: [
    'Super administrator rights.',
    'Google offers auto-provisioning for apps of its catalogue alone: add a listed SCIM app, and give it your own endpoint.',
  ],
  reach: inboundWays,
  connect: [
    { text: 'Go to **Apps** › **Web and mobile apps**, open the app, then **Auto-provisioning** › **Configure**.' },
    {
      text: 'Fill in:',
      fields: [
        { label: 'Access token', value: '', kind: 'secret' },
        { label: 'Endpoint URL', value: scimUrl, kind: 'value' },
      ],
    },
    {
      text: 'Look through the attribute mapping, and choose the group that is provisioned and the delays under **Deprovisioning**.',
    },
  ],
  test: 'Switch **Auto-provisioning** on. The first requests may take hours: it runs every few hours.',
  assign: [{ text: 'Put one person into the group that is provisioned, and wait for the next run.' }],
  customAttribute: [{ text: 'Google sends the attributes of the listed app alone.' }],
  trouble: [{ shown: 'Archived people do not arrive', cause: 'Google leaves them out.' }],
  mapping: [
    { source: 'Primary email', target: 'userName', resource: 'User', isMatch: true },
    { source: 'First name', target: 'name.givenName', resource: 'User' },
    { source: 'Last name', target: 'name.familyName', resource: 'User' },
  ],
  checked: 'early 2026',
  isExperimental: true,
  sendsGroups: false,
})
