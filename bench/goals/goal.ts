import type { Lab } from '../lab.ts'

export const GOAL_IDS = [
  'G1',
  'G2',
  'G3',
  'G4',
  'G5',
  'G6',
  'G7',
  'G8',
  'G9',
  'G10',
  'G11',
  'G12',
  'G13',
  'G20',
] as const
export type GoalId = (typeof GOAL_IDS)[number]

export interface Limit {
  readonly bound: 'at least' | 'at most'
  readonly value: number
  readonly unit: 'times' | 'percent' | 'megabytes' | 'seconds' | 'milliseconds'
}

/** One measured figure of a goal. */
export interface Part {
  readonly label: string
  readonly limit: Limit
  readonly value: number
  /** The absolute figures behind it, for scale only. */
  readonly scale: string
}

export interface Finding {
  readonly parts: readonly Part[]
  /** Answers that were not right: with one of them no figure counts. */
  readonly wrong: readonly string[]
}

/** One of the project's speed goals: it is met when every part of it is. */
export interface Goal {
  readonly id: GoalId
  readonly subject: string
  /** The target in words, as docs/performance.md states it. */
  readonly target: string
  measure(lab: Lab): Promise<Finding>
}

/** How far on the good side of its limit a part is, as a share of the limit: 0 is the limit itself, below 0 is not met. */
function marginOf({ value, limit }: Part): number {
  return (limit.bound === 'at least' ? value - limit.value : limit.value - value) / limit.value
}

/** A figure that is not a number (nothing was answered) is never met. */
export function isMet(part: Part): boolean {
  return part.limit.bound === 'at least' ? part.value >= part.limit.value : part.value <= part.limit.value
}

/** The part by which a goal is judged: the one with the least margin. Undefined for a finding without parts. */
export function decidingPart(finding: Finding): Part | undefined {
  const [first, ...rest] = finding.parts
  if (!first) return undefined
  return rest.reduce((worst, part) => (isWorse(part, worst) ? part : worst), first)
}

function isWorse(part: Part, than: Part): boolean {
  return !Number.isNaN(than.value) && !(marginOf(part) >= marginOf(than))
}
