import { ORPCError } from '@orpc/client'
import { z } from 'zod'
import { Disconnected } from './connection.ts'
import { Explained } from './explained.ts'

const fields = z.object({ fields: z.array(z.object({ path: z.string(), problem: z.string() })) })
const issuesByPath = z.object({
  issues: z.array(z.object({ path: z.array(z.union([z.string(), z.number()])), message: z.string() })),
})
const invalid = z.object({ issues: z.array(z.object({ message: z.string() })).min(1) })

/** What went wrong, as a sentence for the person. */
export function problemOf(error: unknown): string {
  if (error instanceof ORPCError) {
    const issues = error.code === 'BAD_REQUEST' ? invalid.safeParse(error.data) : undefined
    return issues?.data?.issues[0]?.message ?? error.message
  }
  if (error instanceof Disconnected || error instanceof Explained) return error.message
  return 'Something unexpected went wrong in this page. Reload it; if that does not help, restart Rollcall.'
}

/** Why the engine refuses an edit, where it does: `managed` and `changed` can be answered. */
export function refusalReason(error: unknown): 'managed' | 'changed' | 'other' | undefined {
  if (!(error instanceof ORPCError) || error.code !== 'REFUSED') return undefined
  const data = z.object({ reason: z.enum(['managed', 'changed', 'other']) }).safeParse(error.data)
  return data.success ? data.data.reason : 'other'
}

/** What is wrong with single fields, by their paths: `emails[1].value`. */
export function fieldProblems(error: unknown): ReadonlyMap<string, string> {
  if (!(error instanceof ORPCError)) return new Map()
  if (error.code === 'BAD_REQUEST') {
    const issues = issuesByPath.safeParse(error.data).data?.issues ?? []
    return new Map(issues.toReversed().map((each) => [each.path.join('.'), each.message]))
  }
  const data = error.code === 'REFUSED' ? fields.safeParse(error.data) : undefined
  return new Map(data?.data?.fields.map((each) => [each.path, each.problem]))
}

/** Why the engine refuses what was put in, for a form of one field; undefined for trouble of another kind, such as a full disk, which is not the field's. */
export function inputProblem(error: unknown): string | undefined {
  const isRefusal = error instanceof ORPCError && (error.code === 'REFUSED' || error.code === 'BAD_REQUEST')
  return isRefusal ? problemOf(error) : undefined
}

/** Whether what was asked for is not there: nothing is under an id that none can be, as in a mistyped address. */
export function isNotFound(error: unknown): boolean {
  if (!(error instanceof ORPCError)) return false
  if (error.code !== 'BAD_REQUEST') return error.code === 'NOT_FOUND'
  const issues = issuesByPath.safeParse(error.data).data?.issues ?? []
  return issues.length > 0 && issues.every(({ path: [first] }) => first === 'id' || first === 'slug')
}
