import { z } from 'zod'
import { moment } from './moment.ts'
import { procedure } from './procedure.ts'
import { directorySlug } from './slug.ts'
import { streamOf, subscription } from './stream.ts'

export const addressSources = ['csv', 'primary', 'work', 'mapped', 'pattern'] as const
export const shortNameSources = ['csv', 'former', 'local-part', 'pattern'] as const

export const conversionSource = z.enum([...new Set([...addressSources, ...shortNameSources])] as const)

const domain = z
  .string()
  .trim()
  .min(1, 'Name both domains, or neither.')
  .max(253, 'A domain has at most 253 characters.')

/** What the admin says about a conversion. */
export const conversionOptions = z.object({
  direction: z.enum(['to-address', 'to-short-name']).default('to-address'),
  /** In the order in which they are asked: the first that has something decides. Empty: all that the rest provides for. */
  sources: z.array(conversionSource).max(8).default([]),
  /** Completes a pattern without `@`; towards short names, the only domain that is taken off. */
  domain: z.string().trim().max(253).nullable().default(null),
  /** Text with attribute paths in braces: `{name.givenName:1}{name.familyName}`. */
  pattern: z.string().trim().max(500).nullable().default(null),
  /** Domains to be replaced: old → new. */
  domainMap: z
    .array(z.object({ from: domain, to: domain }))
    .max(100)
    .default([]),
  umlauts: z.enum(['plain', 'german']).default('plain'),
  /** Whether users that an identity provider manages are converted as well. */
  includeScim: z.boolean().default(false),
})

export const planOutcome = z.enum([
  'converts',
  'merges',
  'already',
  'no-address',
  'invalid',
  'conflict',
  'protected',
  'skipped',
  'left',
])

export const planCounts = z.record(planOutcome, z.int())

/** What an identity provider that asks for the userNames of a list finds. */
export const matchCounts = z.object({
  sought: z.int(),
  /** Found as things are. */
  linkedBefore: z.int(),
  /** Found after the conversion. */
  linked: z.int(),
  /** Sought and not found after it. */
  created: z.int(),
  /** Users whom nobody seeks after it. */
  leftBehind: z.int(),
})

const planId = z.uuid()

/** A preview. Nothing in the directory has changed by it. */
export const plan = z.object({
  id: planId,
  /** The slug of the directory whose users it is about. */
  directory: z.string(),
  createdAt: moment,
  /** The job whose undo it looks at; null for a conversion. */
  undoes: z.int().nullable(),
  /** Null for an undo. */
  options: conversionOptions.extend({ hasList: z.boolean() }).nullable(),
  counts: planCounts,
  total: z.int(),
  /** How many decisions the admin has made in it. */
  decisions: z.int(),
  match: matchCounts.nullable(),
  /** The job that carries it out or has done so: nothing can be decided any more. */
  job: z.int().nullable(),
  /** It was carried out by a job that the data does not know, as after a restore from a backup: it says nothing of the present people. */
  isOfOtherData: z.boolean(),
  /** User IDs of the admin's list that nobody has. */
  unusedOfList: z.object({ count: z.int(), first: z.array(z.string()) }),
})

export const planFix = z.enum(['address', 'skip', 'merge'])

/** A user in a preview. */
export const plannedUser = z.object({
  /** Its place in the preview. */
  seq: z.int(),
  id: z.string(),
  userName: z.string(),
  outcome: planOutcome,
  /** What the user ID would become, also where that cannot be. */
  target: z.string().nullable(),
  /** A source, or `chosen`. */
  origin: z.string().nullable(),
  /** Why it is not converted: a sentence. */
  reason: z.string().nullable(),
  /** The user in the way, or the one to be merged into. */
  rival: z.object({ id: z.string(), userName: z.string() }).nullable(),
  /** How many others would get the same, where that is in the way; counted up to a thousand. */
  others: z.int(),
  isScimManaged: z.boolean(),
  decision: planFix.nullable(),
  /** What can be decided about this user. */
  decisions: z.array(planFix),
})

/** What is decided about one user; `none` takes a decision back. */
export const decision = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('address'), target: z.string().trim().min(1).max(1000) }),
  z.object({ kind: z.literal('skip') }),
  z.object({ kind: z.literal('merge') }),
  z.object({ kind: z.literal('none') }),
])

/** How the making of a preview stands. */
export const previewStanding = z.object({
  /** Null before the first since the start of the server. */
  id: z.string().nullable(),
  undoes: z.int().nullable(),
  state: z.enum(['idle', 'working', 'done', 'cancelled', 'failed']),
  /** `users` counts those who have been looked at; `settle` looks who is in whose way, and counts nothing. */
  phase: z.enum(['users', 'settle']),
  done: z.int(),
  total: z.int(),
  /** The preview that was made. */
  plan: planId.nullable(),
  /** Why it failed: a sentence. */
  problem: z.string().nullable(),
})

/** A text that was sent before with `upload`. */
const uploaded = z.uuid()

const filter = z.object({
  outcome: planOutcome.nullable().default(null),
  /** The beginning of the userName, or of the new one. */
  text: z.string().trim().max(200, 'A search has at most 200 characters.').default(''),
})

const limit = z.int().min(1).max(500).default(100)

const inDirectory = z.object({ directory: directorySlug })

export const conversions = {
  /** What options would make of a few users of the directory, or what is wrong with them. A list is left out of account. */
  tryOut: procedure
    .input(inDirectory.extend({ options: conversionOptions, hasList: z.boolean().default(false) }))
    .output(
      z.object({
        /** A sentence. */
        problem: z.string().nullable(),
        users: z.array(plannedUser.pick({ id: true, userName: true, target: true, origin: true, reason: true })),
      }),
    ),
  /** Sends a piece of a list, which waits some minutes for its use. */
  upload: procedure.input(z.object({ upload: uploaded, text: z.string().max(1_000_000) })).output(z.void()),
  /** Begins with a preview, in place of the one before. It goes on when nobody looks. */
  beginPreview: procedure
    .input(
      inDirectory.extend({
        options: conversionOptions,
        /** Old and new user IDs, two columns of CSV. */
        list: uploaded.nullable().default(null),
        /** The userNames of the identity provider, one a line or a column of CSV. */
        sought: uploaded.nullable().default(null),
      }),
    )
    .output(previewStanding),
  /** Begins with a preview of the undo of a job. */
  beginUndoPreview: procedure.input(inDirectory.extend({ job: z.int() })).output(previewStanding),
  /** How the making of a preview stands: now, and whenever that changes. */
  followPreview: procedure.input(inDirectory.extend({ subscription })).output(streamOf(previewStanding)),
  cancelPreview: procedure.input(inDirectory).output(z.void()),
  /** The newest preview of a conversion. */
  latest: procedure.input(inDirectory).output(plan.nullable()),
  plan: procedure.input(z.object({ id: planId })).output(plan),
  /** Users of a preview, in the order of the directory. */
  users: procedure
    .input(z.object({ id: planId, filter, after: z.int().min(0).default(0), limit }))
    .output(z.object({ items: z.array(plannedUser), next: z.int().nullable() })),
  user: procedure.input(z.object({ id: planId, user: z.string().max(200) })).output(
    plannedUser.extend({
      /** A target near the wanted one, which nobody has. */
      suggestion: z.string().nullable(),
    }),
  ),
  /** Decides about one user, with all that follows from it for others. */
  decide: procedure
    .input(z.object({ id: planId, user: z.string().max(200), decision }))
    .output(z.object({ plan, user: plannedUser })),
  /** Compares a preview with the userNames of the identity provider. */
  match: procedure.input(z.object({ id: planId, sought: uploaded })).output(matchCounts),
  /** UserNames that the identity provider would create anew. */
  soughtAnew: procedure
    .input(z.object({ id: planId, after: z.string().max(1000).default(''), limit }))
    .output(z.object({ items: z.array(z.string()), next: z.string().nullable() })),
  /** Users whom it would leave behind; `target` is what they would be called. */
  leftBehind: procedure.input(z.object({ id: planId, after: z.int().min(0).default(0), limit })).output(
    z.object({
      items: z.array(z.object({ seq: z.int(), userName: z.string(), target: z.string().nullable() })),
      next: z.int().nullable(),
    }),
  ),
  /** A preview as the text of a CSV file, piece by piece. */
  export: procedure.input(z.object({ subscription, id: planId, filter })).output(streamOf(z.string())),
  /** Has a preview carried out by a job, whose id it gives. */
  start: procedure.input(z.object({ id: planId })).output(z.object({ job: z.int() })),
  /** Old and present user IDs, of one conversion or of all, as the text of a CSV file, piece by piece. */
  mapping: procedure
    .input(inDirectory.extend({ subscription, job: z.int().nullable().default(null) }))
    .output(streamOf(z.string())),
  /** Who has this user ID, or had it before a conversion. Case makes no difference. */
  lookUp: procedure
    .input(
      inDirectory.extend({
        userName: z.string().trim().min(1, 'Enter a user ID.').max(1000, 'A user ID has at most 1,000 characters.'),
      }),
    )
    .output(z.array(z.object({ id: z.string(), userName: z.string(), isPresent: z.boolean() }))),
}

export type ConversionOptions = z.infer<typeof conversionOptions>
export type ConversionSource = z.infer<typeof conversionSource>
export type Plan = z.infer<typeof plan>
export type PlanCounts = z.infer<typeof planCounts>
export type PlanOutcome = z.infer<typeof planOutcome>
export type PlannedUser = z.infer<typeof plannedUser>
export type Decision = z.infer<typeof decision>
export type PreviewStanding = z.infer<typeof previewStanding>
export type MatchCounts = z.infer<typeof matchCounts>
