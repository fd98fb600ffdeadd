import type { Answer } from '../exchange.ts'
import type { Lab } from './lab.ts'
import type { Need } from './needs.ts'

/** `must` is what the RFC or Entra ID or Okta cannot do without; `should` costs something; `may` is good to know. */
export type Weight = 'must' | 'should' | 'may'

export type Verdict =
  | { readonly outcome: 'passed' }
  | ({ readonly outcome: 'failed' } & Unmet)
  | { readonly outcome: 'skipped'; readonly reason: string }

export interface Check {
  readonly id: string
  /** What is so when the check passes, in plain words. */
  readonly title: string
  /** Who demands it: a section of an RFC, or an identity provider. */
  readonly basis: string
  readonly weight: Weight
  /** What it needs besides what its group does. */
  readonly needs?: readonly Need[]
  run(lab: Lab): Promise<Verdict>
}

/** The checks of one subject. */
export interface CheckGroup {
  readonly subject: string
  /** Where one of these is missing, the whole group is left out. */
  readonly needs?: readonly Need[]
  readonly checks: readonly Check[]
}

/** Something that is not as expected. */
export interface Unmet {
  readonly expected: string
  readonly seen: string
  /** The answer that shows it, where one does. */
  readonly answer?: Answer
}

/** Passed when nothing is unmet; else the first one counts. */
export function verdictOf(...unmet: readonly (Unmet | undefined)[]): Verdict {
  const first = unmet.find((each) => each !== undefined)
  return first === undefined ? { outcome: 'passed' } : { outcome: 'failed', ...first }
}

export function skipped(reason: string): Verdict {
  return { outcome: 'skipped', reason }
}
