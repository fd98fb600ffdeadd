import { z } from 'zod'

/** What one integration may do and how it is answered. Every value has a default, so that an older row stays readable. */
const policySchema = z.object({
  groups: z.boolean().default(true),
  create: z.boolean().default(true),
  update: z.boolean().default(true),
  delete: z.boolean().default(true),
  /** DELETE deactivates a user instead of archiving it. */
  neverDelete: z.boolean().default(false),
  /** What the IdP is set up to match by; shown in the setup guide. */
  matchingAttribute: z.string().default('userName'),
  userPatchStatus: z.union([z.literal(200), z.literal(204)]).default(200),
  groupPatchStatus: z.union([z.literal(200), z.literal(204)]).default(204),
  /** Departures from the RFC are refused instead of noted. */
  strict: z.boolean().default(false),
  /** Past this many requests a second the answer is 429; 0 switches the limit off. */
  requestsPerSecond: z.int().min(0).max(100_000).default(0),
  userNameMustBeEmail: z.boolean().default(false),
})

export type Policy = z.infer<typeof policySchema>

export const defaultPolicy: Policy = policySchema.parse({})

/** Reads a stored policy; throws on JSON that is none. */
export function parsePolicy(text: string): Policy {
  return policySchema.parse(JSON.parse(text))
}

/** The values that a policy takes, in words. */
function valuesOf(name: string): string {
  if (name === 'requestsPerSecond') return 'a whole number from 0 to 100000'
  if (name === 'userPatchStatus' || name === 'groupPatchStatus') return '200 or 204'
  return name === 'matchingAttribute' ? 'an attribute path' : 'true or false'
}

export type PolicyChange =
  | { readonly ok: true; readonly policy: Policy }
  | { readonly ok: false; readonly problem: string }

/** Applies one `name=value` as the command line and the console give it. */
export function changePolicy(policy: Policy, name: string, value: string): PolicyChange {
  if (!Object.hasOwn(policySchema.shape, name))
    return {
      ok: false,
      problem: `There is no policy "${name}". Known are: ${Object.keys(policySchema.shape).join(', ')}.`,
    }
  const typed: unknown =
    value === 'true' ? true : value === 'false' ? false : /^\d+$/.test(value) ? Number(value) : value
  const parsed = policySchema.safeParse({ ...policy, [name]: typed })
  return parsed.success
    ? { ok: true, policy: parsed.data }
    : {
        ok: false,
        problem: `"${value}" is not a value of the policy "${name}". It takes ${valuesOf(name)}.`,
      }
}
