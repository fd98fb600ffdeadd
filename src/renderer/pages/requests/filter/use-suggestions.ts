import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEngine } from '../../../rpc/engine.ts'
import type { RequestLog } from '../log/request-log.ts'
import { suggestionsFor, typedField, type FilterKnowledge, type Suggestion } from './suggestions.ts'

/** So many of the newest rows are looked at for phrases and addresses. */
const lookedAt = 1000
const most = 20

function frequent(texts: readonly string[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const text of texts) if (text !== '') counts.set(text, (counts.get(text) ?? 0) + 1)
  return [...counts]
    .toSorted(([, one], [, other]) => other - one)
    .slice(0, most)
    .map(([text]) => text)
}

/** What the filter box offers for a text: fields, values, and what the engine and the rows in view know. */
export function useSuggestions(log: RequestLog, draft: string): readonly Suggestion[] {
  const engine = useEngine()
  const typed = typedField(draft)
  const field = typed?.field
  const [sought] = useDebouncedValue(typed?.value ?? '', 150)
  const integrations = useQuery(engine.integrations.list.queryOptions())
  const people = useQuery(
    engine.users.search.queryOptions({
      input: { query: sought, pageSize: 10 },
      enabled: field === 'user',
      placeholderData: keepPreviousData,
    }),
  )
  const groups = useQuery(
    engine.groups.search.queryOptions({
      input: { query: sought, pageSize: 10 },
      enabled: field === 'group',
      placeholderData: keepPreviousData,
    }),
  )
  return suggestionsFor(draft, {
    integrations: integrations.data ?? [],
    ...(field === 'op' || field === 'from' ? seenIn(log) : { phrases: [], addresses: [] }),
    names:
      field === 'user'
        ? (people.data?.items.map(({ userName }) => userName) ?? [])
        : (groups.data?.items.map(({ displayName }) => displayName) ?? []),
  })
}

function seenIn(log: RequestLog): Pick<FilterKnowledge, 'phrases' | 'addresses'> {
  const phrases: string[] = []
  const addresses: string[] = []
  const { first, end } = log.view()
  for (let at = Math.max(first, end - lookedAt); at < end; at += 1) {
    const row = log.at(at)
    if (row?.kind !== 'request') continue
    // What stands in brackets is how it ended.
    phrases.push(row.request.classification.replace(/ \(.*$/, ''))
    addresses.push(row.request.remoteAddress)
  }
  return { phrases: frequent(phrases), addresses: frequent(addresses) }
}
