import type { PlanOutcome } from '../../../contract/conversions.ts'
import { outcomeOfSlug } from './outcome-text.ts'

/** Which people of a preview its address asks for. */
export function filterOf(search: URLSearchParams): { readonly outcome: PlanOutcome | null; readonly text: string } {
  return { outcome: outcomeOfSlug(search.get('outcome')), text: search.get('q') ?? '' }
}

type Changes = Readonly<Record<string, string | null>>

/** A query with other values; null takes one out. */
export function searchWith(search: URLSearchParams, changes: Changes): URLSearchParams {
  const next = new URLSearchParams(search)
  for (const [name, value] of Object.entries(changes))
    if (value === null) next.delete(name)
    else next.set(name, value)
  return next
}

/** The address of a preview without a dialog, with what else is asked for. */
export function previewHref(id: string, search: URLSearchParams, changes: Changes = {}): string {
  const suffix = searchWith(search, { dialog: null, ...changes }).toString()
  return `/conversion/preview/${id}${suffix === '' ? '' : `?${suffix}`}`
}
