import type { TestChoices, TestRunView, TestStanding, WantedTest } from '../../../contract/endpoint-tests.ts'
import { numberText } from '../../components/text/amount-text.ts'
import { wholeNumber } from '../../components/text/whole-number.ts'

/** What the form holds, but for the token. Numbers are as they were typed. */
export interface TestDraft {
  readonly url: string
  /** `check`, or the id of the identity provider that is played. */
  readonly what: string
  readonly users: string
  readonly groups: string
  /** Empty for a new one. */
  readonly seed: string
  readonly keep: boolean
}

export type DraftProblems = Readonly<Partial<Record<'users' | 'groups' | 'seed', string>>>

/** The form as nobody has touched it yet. */
function freshDraft({ usualUsers, usualGroups }: TestChoices): TestDraft {
  return { url: '', what: 'check', users: String(usualUsers), groups: String(usualGroups), seed: '', keep: false }
}

/** The form for the same test once more; with a new seed, for what the old one made may still be there. */
export function draftAgain({ url, test }: Pick<TestRunView, 'url' | 'test'>, before: TestDraft): TestDraft {
  if (test.kind === 'check') return { ...before, url, what: 'check' }
  const { idp, users, groups, keep } = test
  return { url, what: idp, users: String(users), groups: String(groups), keep, seed: '' }
}

/** The form as a screen begins with: that of the last test, where there was one. */
export function firstDraft(choices: TestChoices, { run, results }: TestStanding): TestDraft {
  const last = run ?? results[0]
  return last ? draftAgain(last, freshDraft(choices)) : freshDraft(choices)
}

/** What is asked for, or what is wrong with it. */
export function wantedTest(draft: TestDraft, choices: TestChoices): WantedTest | DraftProblems {
  const { what, keep } = draft
  if (what === 'check') return { kind: 'check' }
  const users = wholeNumber(draft.users, 1, choices.mostUsers)
  const groups = wholeNumber(draft.groups, 0, choices.mostGroups)
  const seed = draft.seed.trim() === '' ? null : wholeNumber(draft.seed, 0, choices.seeds - 1)
  if (users !== undefined && groups !== undefined && seed !== undefined)
    return { kind: 'simulation', idp: what, users, groups, seed, keep }
  return {
    ...(users === undefined ? { users: `A whole number from 1 to ${numberText(choices.mostUsers)}.` } : {}),
    ...(groups === undefined ? { groups: `A whole number from 0 to ${numberText(choices.mostGroups)}.` } : {}),
    ...(seed === undefined ? { seed: `A whole number from 0 to ${numberText(choices.seeds - 1)}, or nothing.` } : {}),
  }
}
