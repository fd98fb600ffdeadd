import type { ExchangeRow } from '../store/journal/exchange-row.ts'
import type { JournalPayload } from '../store/journal/journal-record.ts'
import type { JournalWhere } from '../store/journal/journal-where.ts'

/** What is looked for in headers and bodies, in lower case. */
export interface Needles {
  readonly all: readonly string[]
  readonly none: readonly string[]
}

/** Undefined where no text is looked for. */
export function needlesOf({ text, texts }: JournalWhere): Needles | undefined {
  const all = [...(text === undefined || text === '' ? [] : [text]), ...(texts?.all ?? [])]
  const none = texts?.none ?? []
  if (all.length === 0 && none.length === 0) return undefined
  return { all: all.map((each) => each.toLowerCase()), none: none.map((each) => each.toLowerCase()) }
}

/** Whether an exchange has all texts that are looked for, and none that is not wanted. */
export function isFound({ all, none }: Needles, row: ExchangeRow, payload: JournalPayload | undefined): boolean {
  const texts = [
    row.target,
    row.classification,
    row.requestId,
    row.remoteAddress,
    payload?.requestHeaders,
    payload?.requestBody,
    payload?.responseHeaders,
    payload?.responseBody,
    payload?.trace,
  ].flatMap((text) => text?.toLowerCase() ?? [])
  const isIn = (needle: string) => texts.some((text) => text.includes(needle))
  return all.every(isIn) && !none.some(isIn)
}
