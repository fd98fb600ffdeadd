import type { JournalDetail } from '../journal-entry.ts'

/** One JSON object a line, each as `rollcall requests --json` shows it. Values stand in it as the data they are; `undefined` is an empty piece. */
export function* exportNdjson(details: Iterable<JournalDetail | undefined>): Generator<string> {
  for (const detail of details) yield detail === undefined ? '' : `${JSON.stringify(detail)}\n`
}
