import type { ApiParts } from '../api-context.ts'
import { toldFailure } from './failure-boundary.ts'

const told = new WeakMap<object, string>()

/**
 * Why long work has failed, as a caller is told it each time that it asks. A bug is logged once, and has the same id in every answer.
 */
export function toldProblem(parts: ApiParts, problem: unknown): string {
  if (!(problem instanceof Error)) return toldFailure(parts, problem).message
  const known = told.get(problem) ?? toldFailure(parts, problem).message
  told.set(problem, known)
  return known
}
