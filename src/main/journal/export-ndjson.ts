import type { JournalDetail } from './journal-entry.ts'

/** One JSON object a line, each as `rollcall requests --json` shows it. Values stand in it as the data they are. */
export function* exportNdjson(details: Iterable<JournalDetail>): Generator<string> {
  for (const detail of details) yield `${JSON.stringify(detail)}\n`
}
