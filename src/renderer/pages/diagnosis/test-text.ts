import type { TestRunView, TestSummary } from '../../../contract/endpoint-tests.ts'
import { amountText } from '../../components/text/amount-text.ts'
import type { Meaning } from '../../components/state/state-badge.tsx'

type Named = Pick<TestSummary, 'idpName'>

export function isUnderWay({ state }: Pick<TestRunView, 'state'>): boolean {
  return state === 'running' || state === 'removing'
}

/** `Checking`, `Playing Okta`. */
export function doingText({ idpName }: Named): string {
  return idpName === null ? 'Checking' : `Playing ${idpName}`
}

/** `Check`, `Okta`: the name of a result among others. */
export function resultName({ idpName }: Named): string {
  return idpName ?? 'Check'
}

/** `10 people, 2 groups, seed 42`; undefined for a check. */
export function sizeText({ test }: Pick<TestSummary, 'test'>): string | undefined {
  if (test.kind === 'check') return undefined
  return `${amountText(test.users, 'person', 'people')}, ${amountText(test.groups, 'group')}, seed ${test.seed}`
}

export const meanings = { passed: 'ok', failed: 'failure', warning: 'attention' } as const satisfies Record<
  TestSummary['look'],
  Meaning
>
