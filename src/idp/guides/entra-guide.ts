import { enterpriseUserSchemaUrn } from '../../scim/urn.ts'
import { inboundWays } from './reach-options.ts'
import type { GuideFor, GuideMapping } from './setup-guide.ts'

const user = (source: string, target: string, more: Partial<GuideMapping> = {}): GuideMapping => ({
  source,
  target,
  resource: 'User',
  ...more,
})

const group = (source: string, target: string, more: Partial<GuideMapping> = {}): GuideMapping => ({
  source,
  target,
  resource: 'Group',
  ...more,
})

const enterprise = (name: string) => `${enterpriseUserSchemaUrn}:${name}`

/** The default mapping of a non-gallery app (`customappsso`); tenants differ with the age of the app. */
const mapping: readonly GuideMapping[] = [
  user('userPrincipalName', 'userName', { isMatch: true }),
  user('Switch([IsSoftDeleted], , "False", "True", "True", "False")', 'active'),
  user('displayName', 'displayName'),
  user('jobTitle', 'title'),
  user('mail', 'emails[type eq "work"].value', {
    remark: 'Better: Coalesce([mail], [userPrincipalName]), because a person without a mailbox has no mail.',
  }),
  user('preferredLanguage', 'preferredLanguage'),
  user('givenName', 'name.givenName'),
  user('surname', 'name.familyName'),
  user('Join(" ", [givenName], [surname])', 'name.formatted'),
  user('physicalDeliveryOfficeName', 'addresses[type eq "work"].formatted'),
  user('streetAddress', 'addresses[type eq "work"].streetAddress'),
  user('city', 'addresses[type eq "work"].locality'),
  user('state', 'addresses[type eq "work"].region'),
  user('postalCode', 'addresses[type eq "work"].postalCode'),
  user('country', 'addresses[type eq "work"].country'),
  user('telephoneNumber', 'phoneNumbers[type eq "work"].value'),
  user('mobile', 'phoneNumbers[type eq "mobile"].value'),
  user('facsimileTelephoneNumber', 'phoneNumbers[type eq "fax"].value'),
  user('mailNickname', 'externalId', { remark: 'Better: objectId, because a mailNickname changes with the name.' }),
  user('employeeId', enterprise('employeeNumber')),
  user('department', enterprise('department')),
  user('manager', enterprise('manager')),
  group('displayName', 'displayName', { isMatch: true }),
  group('objectId', 'externalId'),
  group('members', 'members'),
]

/** learn.microsoft.com, entra/identity/app-provisioning: use-scim-to-provision-users-and-groups, customize-application-attributes. */
export const entraGuide: GuideFor = ({ scimUrl, example }) => ({
  summary: 'Microsoft’s cloud directory, formerly Azure AD',
  portal: 'Microsoft Entra admin centre',
  needs: [
    'The role Application Administrator, or a higher one, in your Entra tenant.',
    'Entra ID P1 or higher if you want to assign groups; people can be assigned without.',
  ],
  reach: [
    {
      name: 'Microsoft Entra provisioning agent',
      text: 'Microsoft’s own agent runs inside your network and calls the SCIM URL from there. Nothing has to be let in from outside. In the portal, choose the on-premises SCIM app instead of a non-gallery app.',
      needsInbound: false,
    },
    ...inboundWays,
  ],
  connect: [
    {
      text: 'At <https://entra.microsoft.com> go to **Entra ID** › **Enterprise apps** › **+ New application** › **+ Create your own application**.',
    },
    {
      text: 'Give it a name, choose **Integrate any other application you don’t find in the gallery (Non-gallery)** and press **Create**.',
    },
    { text: 'Go to **Manage** › **Provisioning** › **Connect your application** (or **+ New configuration**).' },
    {
      text: 'Fill in the form **New provisioning configuration**. Leave the URL as it is: no slash and no flag behind it.',
      fields: [
        { label: 'Select authentication method', value: 'Bearer authentication', kind: 'choice' },
        { label: 'Tenant URL', value: scimUrl, kind: 'value' },
        { label: 'Secret token', value: '', kind: 'secret' },
      ],
    },
  ],
  test: 'Press **Test connection**. Entra looks for a random person and a random group; both are answered with an empty list. Then press **Create**.',
  assign: [
    {
      text: 'Under **Attribute mapping**, look through the tabs **Users** and **Groups**. Switch the mapping of groups off if you do not want groups.',
    },
    { text: 'Under **Users and groups** press **+ Add user/group**, pick one person, and **Assign**.' },
    {
      text: 'Under **Provision on demand** pick the same person. All four stages should succeed, and the person appears here.',
    },
    {
      text: 'Under **Overview** › **Properties** switch the prevention of **accidental deletions** on, and choose a scope.',
      fields: [{ label: 'Scope', value: 'Sync only assigned users and groups', kind: 'choice' }],
    },
    {
      text: 'Assign everybody else, then press **Start provisioning**. The first pass begins within minutes; later ones come about every 40 minutes.',
    },
  ],
  customAttribute: [
    { text: 'Under **Provisioning** › **Attribute mapping** open the tab **Users**.' },
    { text: 'At the bottom tick **Show advanced options** and open **Edit attribute list for customappsso**.' },
    {
      text: 'In the last row enter the name and the type, leave the other boxes empty, and **Save**.',
      fields: [{ label: 'Name', value: `${example.urn}:${example.name}`, kind: 'value' }],
    },
    {
      text: 'Press **Add New Mapping**, pick the source, choose the new name as **Target attribute**, then **OK** and **Save**.',
    },
    {
      text: 'If the list is locked, open the portal through <https://portal.azure.com/?Microsoft_AAD_Connect_Provisioning_forceSchemaEditorEnabled=true> and go to the same page.',
    },
  ],
  trouble: [
    {
      shown: '“…appears to be incompatible” or “invalid credentials” at the test',
      cause:
        'The token is not the present one, the certificate is not of a public CA, or the URL is not the one shown here.',
    },
    {
      shown: '“Skipped” in the provisioning logs',
      cause: 'The person is not assigned, is outside the scope filter, or was disabled before the first pass.',
    },
    {
      shown: 'Quarantine',
      cause:
        'The token was revoked, the endpoint was down, or too many requests failed. Mend it, then press “Restart provisioning”.',
    },
    {
      shown: 'The button “Allow deletes”',
      cause: 'The threshold of deletions was reached. Look at who would go first.',
    },
  ],
  mapping,
  checked: 'September 2026',
  sendsGroups: true,
})
