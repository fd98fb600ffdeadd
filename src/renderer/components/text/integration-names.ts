import type { Integration } from '../../../contract/integrations.ts'

/** The name of the integration that had a slug at a time, in ms since the epoch; undefined where that one is gone. */
export type NameOfIntegration = (slug: string, at: number) => string | undefined

/** The names of the integrations that there are. What came while a slug was that of another one, which was deleted, is not called after its successor. */
export function namesOf(
  integrations: readonly Pick<Integration, 'slug' | 'name' | 'requestsSince'>[],
): NameOfIntegration {
  const bySlug = new Map(integrations.map((each) => [each.slug, each]))
  return (slug, at) => {
    const found = bySlug.get(slug)
    return found && at >= (found.requestsSince ?? 0) ? found.name : undefined
  }
}
