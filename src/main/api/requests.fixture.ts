import { eventually } from '../../../test/eventually.ts'
import { parseRequestFilter, type RequestTerm } from '../../contract/request-filter.ts'
import type { Request } from '../../contract/requests.ts'
import type { RunningApi } from './api.fixture.ts'

/** A busy machine may take its time to start the threads. */
export const patienceMs = 15_000

/** The terms of a filter that is written as a person writes it. */
export function terms(text: string): RequestTerm[] {
  const parsed = parseRequestFilter(text)
  if (!parsed.ok) throw new Error(parsed.problem)
  return [...parsed.terms]
}

/** Waits until so many requests are in the log; the newest first. */
export async function logged({ api }: RunningApi, count: number): Promise<readonly Request[]> {
  const { items } = await eventually(
    () => api.requests.page({}),
    (page) => page.items.length >= count,
    patienceMs,
  )
  return items
}
