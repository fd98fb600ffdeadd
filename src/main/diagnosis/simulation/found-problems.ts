import type { TroubleCode } from '../../../idp/simulated/trouble.ts'
import type { ShownRequest } from '../exchange.ts'

/** Something that an identity provider would stumble over. */
export interface FoundProblem {
  readonly kind: string
  readonly code: TroubleCode
  /** The first request to which it happened. */
  readonly request: ShownRequest
  readonly seen: string
  /** What the identity provider does about it. */
  readonly consequence: string
  /** How often it happened to this kind of request. */
  readonly times: number
}

export interface FoundProblems {
  add(problem: Omit<FoundProblem, 'times'>): void
  /** How often anything happened. */
  count(): number
  all(): readonly FoundProblem[]
}

/** The same trouble with the same kind of request is one problem, however often it comes. */
export function createFoundProblems(): FoundProblems {
  const found = new Map<string, FoundProblem>()
  let count = 0
  return {
    add(problem) {
      count += 1
      const key = `${problem.kind}\n${problem.code}`
      const known = found.get(key)
      found.set(key, known ? { ...known, times: known.times + 1 } : { ...problem, times: 1 })
    },
    count: () => count,
    all: () => [...found.values()],
  }
}
