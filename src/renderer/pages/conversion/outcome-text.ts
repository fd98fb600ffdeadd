import type { Plan, PlanCounts, PlanOutcome } from '../../../contract/conversions.ts'
import { numberText } from '../../components/text/amount-text.ts'
import type { Meaning, StateIcon } from '../../components/state/state-badge.tsx'

/** How an outcome of a preview is named and drawn. */
export interface OutcomeText {
  readonly outcome: PlanOutcome
  /** As it stands in a URL. */
  readonly slug: string
  /** Over a list of them. */
  readonly title: string
  /** Of one user. */
  readonly word: string
  readonly meaning: Meaning
  readonly icon?: StateIcon
  /** Behind a number: `3 in conflict`. */
  readonly counted: string
  /** What it means, in a sentence. */
  readonly sentence: string
}

/** In the order in which they matter to the admin. */
const ofConversion: readonly OutcomeText[] = [
  {
    outcome: 'converts',
    slug: 'converts',
    title: 'Convert',
    word: 'Converts',
    counted: 'converted',
    meaning: 'ok',
    sentence: 'These get the new user ID.',
  },
  {
    outcome: 'merges',
    slug: 'merges',
    title: 'Merge',
    word: 'Merges',
    counted: 'merged',
    meaning: 'information',
    sentence: 'These are archived, and the other one joins their groups.',
  },
  {
    outcome: 'conflict',
    slug: 'conflicts',
    title: 'Conflicts',
    word: 'Conflict',
    counted: 'in conflict',
    meaning: 'failure',
    sentence: 'Several would have the same user ID. Open one, and choose another address, leave it, or merge it.',
  },
  {
    outcome: 'invalid',
    slug: 'invalid',
    title: 'Invalid',
    word: 'Invalid',
    counted: 'with an invalid address',
    meaning: 'failure',
    sentence: 'What was found cannot be a user ID. Open one, and give another.',
  },
  {
    outcome: 'no-address',
    slug: 'no-address',
    title: 'No address',
    word: 'No address',
    counted: 'without an address',
    meaning: 'attention',
    sentence: 'No source has anything for these. Open one and give an address, or add a pattern to the options.',
  },
  {
    outcome: 'skipped',
    slug: 'skipped',
    title: 'Left by you',
    word: 'Left by you',
    counted: 'left by your decision',
    meaning: 'neutral',
    icon: 'disabled',
    sentence: 'You decided to leave these as they are.',
  },
  {
    outcome: 'already',
    slug: 'already',
    title: 'Already right',
    word: 'Already right',
    counted: 'already right',
    meaning: 'neutral',
    sentence: 'These have a user ID of the wanted form.',
  },
  {
    outcome: 'protected',
    slug: 'protected',
    title: 'Protected',
    word: 'Protected',
    counted: 'protected',
    meaning: 'neutral',
    icon: 'locked',
    sentence: 'Local administrators, and people whom an identity provider manages, stay as they are.',
  },
]

const ofUndo: readonly OutcomeText[] = [
  {
    outcome: 'converts',
    slug: 'converts',
    title: 'Get it back',
    word: 'Gets it back',
    counted: 'given back',
    meaning: 'ok',
    sentence: 'These get their old user ID back, byte for byte.',
  },
  {
    outcome: 'left',
    slug: 'left',
    title: 'Left',
    word: 'Left',
    counted: 'changed since',
    meaning: 'attention',
    sentence: 'These have been renamed or restored since, and stay as they are.',
  },
  {
    outcome: 'conflict',
    slug: 'conflicts',
    title: 'Conflicts',
    word: 'Conflict',
    counted: 'in conflict',
    meaning: 'failure',
    sentence: 'Somebody else has their old user ID by now, so these stay as they are.',
  },
]

const always: ReadonlySet<PlanOutcome> = new Set(['converts', 'conflict'])

/** The outcomes that a preview can have, those that matter first; rare ones only where there are any. */
export function outcomesOf({ undoes, counts }: Pick<Plan, 'undoes' | 'counts'>): readonly OutcomeText[] {
  const all = undoes === null ? ofConversion : ofUndo
  return all.filter(({ outcome }) => always.has(outcome) || counts[outcome] > 0)
}

export function outcomeText(outcome: PlanOutcome, isUndo: boolean): OutcomeText {
  const [first, ...rest] = isUndo ? [...ofUndo, ...ofConversion] : [...ofConversion, ...ofUndo]
  const found = [first, ...rest].find((each) => each?.outcome === outcome) ?? first
  if (!found) throw new Error('there are no outcomes')
  return found
}

export function outcomeOfSlug(slug: string | null): PlanOutcome | null {
  return [...ofConversion, ...ofUndo].find((each) => each.slug === slug)?.outcome ?? null
}

const sources: Readonly<Record<string, string>> = {
  csv: 'the list',
  primary: 'primary e-mail',
  work: 'work e-mail',
  mapped: 'mapped domain',
  pattern: 'pattern',
  former: 'user ID before',
  'local-part': 'part before the @',
  chosen: 'your choice',
}

/** Where a new user ID comes from, inside a sentence. */
export function originText(origin: string): string {
  return sources[origin] ?? origin
}

/** Who would be changed by carrying a preview out. */
export function changing(counts: PlanCounts): number {
  return counts.converts + counts.merges
}

/** What carrying a preview out does, with merges apart: `Convert 2,978 and merge 1`. `whom` is who is converted, in words. */
export function runText({ converts, merges }: PlanCounts, whom = numberText(converts)): string {
  if (merges === 0) return `Convert ${whom}`
  return converts === 0 ? `Merge ${numberText(merges)}` : `Convert ${whom} and merge ${numberText(merges)}`
}

/** Who stays although the user ID is not of the wanted form. */
export function staying(counts: PlanCounts): number {
  const { conflict, invalid, 'no-address': none, protected: kept, skipped, left } = counts
  return conflict + invalid + none + kept + skipped + left
}
