import { z } from 'zod'
import { moment } from './moment.ts'
import { procedure } from './procedure.ts'
import { directorySlug, slug } from './slug.ts'

/** The IdPs that an integration can be made for; each has a setup guide. */
export const offeredIdp = z.enum(['entra', 'okta', 'onelogin', 'jumpcloud', 'ping', 'google', 'generic'])

export const integrationState = z.enum(['enabled', 'paused', 'disabled'])

/** The token in use, without the token. */
const tokenInUse = z.object({
  prefix: z.string(),
  createdAt: moment,
  lastUsedAt: moment.nullable(),
  expiresAt: moment.nullable(),
  /** When it should be replaced. */
  dueAt: moment,
})

export const integration = z.object({
  slug: z.string(),
  name: z.string(),
  idp: z.string(),
  /** The IdP's name for people. */
  idpName: z.string(),
  /** What it is called within a sentence. */
  idpSpoken: z.string(),
  directory: z.string(),
  state: integrationState,
  pausedAt: moment.nullable(),
  scimUrl: z.string(),
  administrator: z.string(),
  /** Why the administrator cannot act, so that every request fails: a sentence. Null when all is well. */
  administratorProblem: z.string().nullable(),
  /** Null when there is none, so that no request gets in. */
  token: tokenInUse.nullable(),
  /** When any of its tokens was last used. */
  lastUsedAt: moment.nullable(),
  createdAt: moment,
  /** Since when requests for its slug are its own: another integration of that slug was deleted then. Null where there was none. */
  requestsSince: moment.nullable(),
})

export const policy = z.object({
  groups: z.boolean(),
  create: z.boolean(),
  update: z.boolean(),
  delete: z.boolean(),
  /** A DELETE deactivates a user instead of archiving it. */
  neverDelete: z.boolean(),
  /** What the IdP is set up to match by. */
  matchingAttribute: z
    .string()
    .min(1, 'Name the attribute that the identity provider matches by, such as userName.')
    .max(200, 'A matching attribute has at most 200 characters.'),
  userPatchStatus: z.union([z.literal(200), z.literal(204)]),
  groupPatchStatus: z.union([z.literal(200), z.literal(204)]),
  /** Departures from the RFC are refused instead of noted. */
  strict: z.boolean(),
  /** Past this many requests a second the answer is 429; 0 is no limit. */
  requestsPerSecond: z.int().min(0).max(100_000),
  userNameMustBeEmail: z.boolean(),
})

/** A piece of a guide's text. A `label` is printed in the portal like that; a `value` is pasted there; a `link` opens in the browser. */
export const guideText = z.object({ kind: z.enum(['text', 'label', 'value', 'link']), text: z.string() })

/** One step in the IdP's portal. */
export const guideStep = z.object({
  text: z.array(guideText),
  /** What is pasted into a field of this step. `secret` stands for the token, which is shown once and never here. */
  fields: z.array(z.object({ label: z.string(), value: z.string(), kind: z.enum(['value', 'secret', 'choice']) })),
})

export const mappingRow = z.object({
  /** What the IdP calls it. */
  source: z.string(),
  /** The SCIM attribute, exactly as it is typed into the IdP. */
  target: z.string(),
  resource: z.enum(['User', 'Group']),
  /** It is what records are matched by. */
  isMatch: z.boolean(),
  /** A remark for the admin; empty when there is none. */
  remark: z.string(),
})

/** How the IdP, which is elsewhere, reaches this endpoint. */
export const reachOption = z.object({ name: z.string(), text: z.string(), needsInbound: z.boolean() })

export const guide = z.object({
  /** What the portal calls the page where set-up begins. */
  portal: z.string(),
  needs: z.array(z.string()),
  reach: z.array(reachOption),
  /** The IdP has an address to come to: it is inside the network, or there is a public URL that is not this machine's own. */
  hasAddress: z.boolean(),
  connect: z.array(guideStep),
  /** Where to press the button whose requests the wizard waits for. */
  test: z.array(guideText),
  assign: z.array(guideStep),
  customAttribute: z.array(guideStep),
  trouble: z.array(z.object({ shown: z.string(), cause: z.string() })),
  mapping: z.array(mappingRow),
  /** When the portal's labels were last compared, such as `September 2026`; nothing where there is no vendor to compare with. */
  checked: z.string().optional(),
  isExperimental: z.boolean(),
  /** What requests tell of groups: some IdPs never send any. */
  sendsGroups: z.boolean(),
})

const managedCount = z.object({
  /** What it manages; archived records are counted apart. */
  users: z.int(),
  groups: z.int(),
  archivedUsers: z.int(),
  archivedGroups: z.int(),
  /** Of the users, those with a role: as local Administrators they are hidden from SCIM. */
  withRole: z.int(),
})

/** What a deletion would do. */
export const integrationDeletion = managedCount.extend({
  /** Why it cannot be deleted now: a sentence. Null when it can. */
  problem: z.string().nullable(),
})

const integrationName = z
  .string()
  .trim()
  .min(1, 'Give the integration a name.')
  .max(200, 'The name of an integration can have at most 200 characters.')

const which = z.object({ slug })

export const integrations = {
  /** The IdPs on offer, the generic one last. */
  idps: procedure.output(
    z.array(z.object({ id: offeredIdp, name: z.string(), summary: z.string(), isExperimental: z.boolean() })),
  ),
  list: procedure.output(z.array(integration)),
  get: procedure.input(which).output(integration.extend({ policy })),
  /** Creates an integration. The token is in this answer and nowhere else, ever. */
  create: procedure
    .input(
      z.object({
        name: integrationName,
        idp: offeredIdp,
        directory: directorySlug,
      }),
    )
    .output(z.object({ slug: z.string(), scimUrl: z.string(), token: z.string(), prefix: z.string() })),
  setState: procedure
    .input(which.extend({ state: z.enum(['enabled', 'disabled', 'paused', 'resumed']) }))
    .output(integration),
  /** Changes the name for people; the slug stays, which is in the URL that the IdP holds. A refusal names the field. */
  rename: procedure.input(which.extend({ name: integrationName })).output(integration),
  /** What `delete` would do. */
  deletion: procedure.input(which).output(integrationDeletion),
  /** Deletes an integration: its tokens are void at once, and what it managed stays and becomes local. There is no way back. */
  delete: procedure.input(which).output(managedCount.extend({ tokens: z.int() })),
  /** Changes what it may do and whom it acts as: all that is given, or nothing. A refusal names the field where one is to blame. */
  setPolicy: procedure
    .input(which.extend({ changes: policy.partial(), administrator: z.string().min(1).max(500).optional() }))
    .output(policy),
  /** The local users whom an integration may act as: active Administrators and User Managers. */
  administrators: procedure
    .input(which)
    .output(z.array(z.object({ userName: z.string(), displayName: z.string().nullable(), role: z.string() }))),
  /** How to set the IdP up, with this integration's own values in it. */
  guide: procedure.input(which).output(guide),
  /** What to know of an IdP before an integration is made for it. */
  reach: procedure
    .input(z.object({ idp: offeredIdp }))
    .output(z.object({ options: z.array(reachOption), needs: z.array(z.string()) })),
}

export type Integration = z.infer<typeof integration>
export type IntegrationDeletion = z.infer<typeof integrationDeletion>
export type Policy = z.infer<typeof policy>
export type Guide = z.infer<typeof guide>
export type GuideStep = z.infer<typeof guideStep>
export type GuideText = z.infer<typeof guideText>
export type MappingRow = z.infer<typeof mappingRow>
export type OfferedIdp = z.infer<typeof offeredIdp>
