import type { Change, Drift } from '../../contract/resource.ts'

/**
 * What a person changed on a record that an IdP manages, and the IdP has not written since: the newest manual value of each attribute.
 * `changes` come newest first; `people` are the actors that are none of the integrations.
 */
export function driftOf(changes: readonly Change[], isPerson: (actor: string) => boolean): readonly Drift[] {
  const seen = new Set<string>()
  const drift = new Map<string, Drift>()
  for (const { attributes, actor, at } of changes)
    for (const { name, before, after } of attributes) {
      const known = drift.get(name)
      // The value before the first of several manual edits is what the IdP knows.
      if (known && isPerson(actor) && !seen.has(`${name} idp`)) drift.set(name, { ...known, before })
      if (!isPerson(actor)) seen.add(`${name} idp`)
      if (seen.has(name)) continue
      seen.add(name)
      if (isPerson(actor)) drift.set(name, { attribute: name, before, after, at, actor })
    }
  return [...drift.values()].filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after))
}
