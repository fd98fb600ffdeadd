import type { ExchangeRow } from '../../store/journal/exchange-row.ts'
import type { JournalPayload } from '../../store/journal/journal-record.ts'
import type { JournalWhere } from '../../store/journal/journal-where.ts'

const ascii = /^\p{ASCII}*$/u

/** What is looked for in headers and bodies, in lower case and composed. */
export interface Needles {
  readonly all: readonly string[]
  readonly none: readonly string[]
  /** Whether the texts have to be composed too: an é may have come as an e with an accent. */
  readonly isComposed: boolean
}

/** A text in the form in which needles are. */
function composed(text: string): string {
  return text.toLowerCase().normalize('NFC')
}

/** Undefined where no text is looked for. */
export function needlesOf({ text, texts }: JournalWhere): Needles | undefined {
  const all = [...(text === undefined || text === '' ? [] : [text]), ...(texts?.all ?? [])].map(composed)
  const none = (texts?.none ?? []).map(composed)
  if (all.length === 0 && none.length === 0) return undefined
  return { all, none, isComposed: ![...all, ...none].every((each) => ascii.test(each)) }
}

/** Whether an exchange has all texts that are looked for, and none that is not wanted. */
export function isFound(
  { all, none, isComposed }: Needles,
  row: ExchangeRow,
  payload: JournalPayload | undefined,
): boolean {
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
  ].flatMap((text) => (isComposed && text ? composed(text) : (text?.toLowerCase() ?? [])))
  const isIn = (needle: string) => texts.some((text) => text.includes(needle))
  return all.every(isIn) && !none.some(isIn)
}
