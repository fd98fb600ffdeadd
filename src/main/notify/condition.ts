import type { RuleId } from './rule.ts'

/** Something that is wrong at this moment. */
export interface Condition {
  readonly rule: RuleId
  /** What it is about: with the rule it names one alert. */
  readonly subject: string
  /** Another level than before is told anew. */
  readonly level: string
  readonly integration: { readonly slug: string; readonly name: string } | undefined
  readonly title: string
  readonly lines: readonly string[]
  readonly facts: Readonly<Record<string, unknown>>
  /** What is told when it is over. */
  readonly over: string
}
