import type { Noun } from '../cycles/exchange-role.ts'
import { objectIn } from '../../journal/classify/subject.ts'
import { valuesOfPatch, valuesOfResource } from './sent-paths.ts'
import { notesIn } from '../cycles/glimpsed-notes.ts'
import type { TrackedExchange } from '../cycles/tracked-exchange.ts'

/** An attribute that an IdP sends. */
export interface SentAttribute {
  readonly noun: Noun
  readonly path: string
  readonly firstAt: number
  readonly lastAt: number
  /** When it was last ignored because no schema knows it; null when it never was. */
  readonly ignoredAt: number | null
  /** In how many of the requests that were looked into. */
  readonly times: number
}

export function attributeKey(noun: Noun, path: string): string {
  return `${noun} ${path.toLowerCase()}`
}

/** What no schema knows of what a request sets, in lower case. */
function ignoredIn({ codes, record }: TrackedExchange): ReadonlySet<string> {
  if (!codes.includes('unknown-attribute')) return new Set()
  const notes = notesIn(record.trace).filter((note) => note.code === 'unknown-attribute')
  return new Set(notes.map((note) => note.path?.toLowerCase()).filter((path) => path !== undefined))
}

/** The attributes that a request sets on a user or group, each once, and whether it was ignored. */
export function attributesIn(exchange: TrackedExchange): readonly SentAttribute[] {
  const { noun, record } = exchange
  if (
    noun === undefined ||
    (exchange.role !== 'create' && exchange.role !== 'change' && exchange.role !== 'membership')
  )
    return []
  const body = objectIn(record.requestBody)
  if (body === undefined) return []
  const values = record.method === 'PATCH' ? valuesOfPatch(body) : valuesOfResource(body)
  const ignored = ignoredIn(exchange)
  const found = new Map<string, SentAttribute>()
  for (const { path } of values) {
    const lower = path.toLowerCase()
    const isIgnored = ignored.has(lower) || [...ignored].some((each) => lower.startsWith(`${each}.`))
    found.set(attributeKey(noun, path), {
      noun,
      path,
      firstAt: exchange.at,
      lastAt: exchange.at,
      ignoredAt: isIgnored ? exchange.at : null,
      times: 1,
    })
  }
  return [...found.values()]
}

/** The same attribute once more. */
export function sentAgain(before: SentAttribute, again: SentAttribute): SentAttribute {
  return { ...before, lastAt: again.lastAt, ignoredAt: again.ignoredAt ?? before.ignoredAt, times: before.times + 1 }
}
