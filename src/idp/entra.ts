import { isJsonObject } from '../scim/json/json.ts'
import type { Idp } from './idp.ts'
import { elements, text, type ObservedRequest } from './observed-request.ts'
import { entraRhythm } from './rhythm.ts'

const flag = 'aadOptscim062020'
const groupSchema = 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group'
const misspeltEnterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0User'
/** Provision on demand ignores the flag (Microsoft Learn, "application-provisioning-config-problem-scim-compatibility"). */
const unlessFlagged = `unless the tenant URL carries ${flag}, and always in Provision on demand`
const roleType = 'WindowsAzureActiveDirectoryRole'
/** By a name: ids are GUIDs by nature, those of Rollcall and of other systems. */
const guidProbe =
  /^\s*(?!(?:\S*:)?(?:id|externalId|manager|members|groups)(?:\.value)?\s)\S+\s+eq\s+"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"\s*$/i

const isCapitalised = (op: string) => op === 'Add' || op === 'Replace' || op === 'Remove'

function namesEntraRole(request: ObservedRequest): boolean {
  const inPatch = request.operations.flatMap((each) => elements(each, 'value'))
  return [...elements(request.body, 'roles').slice(0, 10), ...inPatch.slice(0, 10)].some(
    (each) => isJsonObject(each) && text(each, 'type') === roleType,
  )
}

/** Microsoft documents no User-Agent, so nothing here makes certain. */
export const entra: Idp = {
  id: 'entra',
  displayName: 'Entra ID',
  isInTheCloud: true,
  rhythm: entraRhythm,
  dialects: [
    {
      code: 'boolean-as-text',
      sentence: `Entra ID does this ${unlessFlagged}.`,
      transcript: 'entra-patch-005',
      isTypical: true,
    },
    {
      code: 'op-case',
      sentence: `Entra ID capitalises operations ${unlessFlagged}.`,
      transcript: 'entra-patch-042',
      isTypical: true,
    },
    {
      code: 'string-for-complex',
      sentence: 'Entra ID sends the manager as a bare id; there is nothing to set.',
      transcript: 'entra-patch-015',
    },
    {
      code: 'wrapped-scalar',
      sentence: 'Older Entra ID apps wrap single values like this; a newly made app does not.',
      transcript: 'entra-patch-020',
      isTypical: true,
    },
    {
      code: 'json-text',
      sentence: `Entra ID writes app roles like this with the mapping AppRoleAssignmentsComplex; the tenant URL flag ${flag} changes it.`,
      transcript: 'entra-patch-021',
    },
    {
      code: 'display-name-key',
      sentence: `Entra ID writes app roles like this with the mapping AppRoleAssignmentsComplex; the tenant URL flag ${flag} changes it.`,
      transcript: 'entra-patch-021',
    },
    {
      code: 'seeded-from-filter',
      sentence: 'Entra ID updates a typed value without looking whether there is one.',
      transcript: 'entra-patch-008',
    },
    {
      code: 'unknown-schema',
      sentence: 'Entra ID names this schema of its own on every group; there is nothing to set.',
      transcript: 'entra-group-003',
      isAbout: ({ seen }) => seen === groupSchema,
    },
    {
      code: 'unknown-schema',
      sentence:
        'Some templates of Entra ID misspell the enterprise schema so; what stands under the right one is kept.',
      transcript: 'entra-create-002',
      isAbout: ({ seen }) => seen === misspeltEnterprise,
    },
    {
      code: 'read-only-ignored',
      sentence: 'Entra ID sends it along with each new record; there is nothing to set.',
      transcript: 'entra-group-003',
      isAbout: ({ path }) => path === 'meta',
    },
    {
      code: 'extension-not-declared',
      sentence: 'Entra ID sends extension data without naming its schema.',
      transcript: 'entra-create-003',
    },
    {
      code: 'unknown-attribute',
      sentence: 'In Entra ID, remove the attribute from the mappings, or add it here under Attributes.',
      transcript: 'entra-patch-041',
    },
    {
      code: 'dot-after-urn',
      sentence:
        'In Entra ID, name the target attribute with a colon there; with a dot Entra ID does not find the value again and sends it in every cycle.',
      transcript: 'derived-entra-dot-after-urn',
    },
    {
      code: 'members-value-remove',
      sentence: `Entra ID names the members to remove in the value ${unlessFlagged}.`,
      transcript: 'entra-group-015',
    },
    {
      code: 'dotted-key',
      sentence: `Entra ID folds attributes into one operation when the tenant URL carries ${flag}.`,
      transcript: 'entra-flag-001',
    },
    {
      code: 'no-operations',
      sentence: "Microsoft's SCIM Validator sends an empty list of operations.",
      transcript: 'entra-patch-032',
    },
    {
      code: 'sub-attribute-after-value-filter',
      sentence: 'Entra ID matches on a typed e-mail address with such a filter.',
      transcript: 'entra-match-004',
    },
  ],
  traits: [
    {
      certainty: 'likely',
      because: 'the request carries the ADSCIMVersion header',
      isIn: (request) => request.header('adscimversion') !== undefined,
    },
    {
      certainty: 'likely',
      because: `the tenant URL carries the flag ${flag}`,
      isIn: (request) => request.rawQuery.toLowerCase().includes(flag.toLowerCase()),
    },
    {
      certainty: 'likely',
      because: "the group names Microsoft's own group schema",
      isIn: (request) => elements(request.body, 'schemas').includes(groupSchema),
    },
    {
      certainty: 'likely',
      because: `a role has the type ${roleType}`,
      isIn: namesEntraRole,
    },
    {
      certainty: 'likely',
      because: 'the operations of the PATCH are capitalised',
      isIn: (request) => request.operations.some((each) => isCapitalised(text(each, 'op'))),
    },
    {
      certainty: 'guess',
      because: 'it looks for a random GUID, as a connection test does',
      isIn: (request) => request.method === 'GET' && guidProbe.test(request.filter),
    },
    {
      certainty: 'guess',
      because: 'it asks for a group without its members',
      // One group by its id or name; whoever pages through a list without the members is somebody else.
      isIn: ({ query, filter, path }) =>
        query.excludedAttributes === 'members' &&
        query.count === undefined &&
        (filter !== '' || /^\/Groups\/./.test(path)),
    },
  ],
}
