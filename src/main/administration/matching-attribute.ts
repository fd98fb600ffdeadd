import { ScimError } from '../../scim/error.ts'
import { parsePatchPath } from '../../scim/path/parse-patch-path.ts'
import type { ResourceModel } from '../../scim/model/resource-model.ts'
import { Refusal } from './refusal.ts'

/** Throws `Refusal`, at the field, for what no IdP could match users by: text that is no path, or one that leads nowhere in this directory. */
export function requireMatchingAttribute(model: ResourceModel, text: string): void {
  const problem = problemOf(model, text)
  if (problem !== undefined) throw new Refusal(problem, 'other', [{ path: 'matchingAttribute', problem }])
}

function problemOf(model: ResourceModel, text: string): string | undefined {
  const example = 'Write a path such as userName, externalId or emails[type eq "work"].value.'
  try {
    const path = parsePatchPath(model, text)
    if (path.kind === 'attribute') return undefined
    return path.kind === 'unknown' ? `${path.reason} ${example}` : `"${text}" is a schema and no attribute. ${example}`
  } catch (error) {
    if (error instanceof ScimError) return `"${text}" is no attribute path: ${error.detail} ${example}`
    throw error
  }
}
