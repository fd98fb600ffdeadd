import { Refusal } from '../refusal.ts'

/** The refusal of a command that names an integration which is not there. */
export function unknownIntegration(slug: string): Refusal {
  return new Refusal(`There is no integration "${slug}". See "rollcall integrations list".`)
}
