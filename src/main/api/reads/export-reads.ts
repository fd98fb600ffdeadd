import type { RequestTerm } from '../../../contract/request-filter.ts'
import { exportHar } from '../../journal/export/export-har.ts'
import { exportNdjson } from '../../journal/export/export-ndjson.ts'
import type { JournalReader } from '../../journal/search/journal-reader.ts'
import type { JournalWhere } from '../../store/journal/journal-where.ts'
import { inTurns } from './in-turns.ts'
import type { ReadSources } from './read-sources.ts'
import { journalWhere } from './request-where.ts'
import { createTextPieces, type TextPieces } from './text-pieces.ts'

/** Files of requests that are being written piece by piece. */
export interface Exports extends Omit<TextPieces, 'open'> {
  open(where: JournalWhere, format: 'har' | 'ndjson'): string
}

/** `version` is that of Rollcall, which a HAR names. */
export function createExports(journal: JournalReader, version: string): Exports {
  const pieces = createTextPieces()
  return {
    ...pieces,
    open(where, format) {
      const details = journal.detailSteps(where)
      return pieces.open(format === 'har' ? exportHar(details, { version }) : exportNdjson(details))
    },
  }
}

export async function openExport(
  sources: ReadSources,
  input: { readonly filter: readonly RequestTerm[]; readonly format: 'har' | 'ndjson'; readonly now: number },
  signal: AbortSignal,
): Promise<string> {
  const where = await inTurns(journalWhere(sources.names.latest, input), signal)
  return sources.exports.open(where, input.format)
}

export function nextOfExport({ exports }: ReadSources, input: { readonly id: string }) {
  return exports.next(input.id)
}

export function closeExport({ exports }: ReadSources, input: { readonly id: string }): void {
  exports.close(input.id)
}
