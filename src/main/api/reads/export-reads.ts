import { randomUUID } from 'node:crypto'
import type { RequestTerm } from '../../../contract/request-filter.ts'
import { exportHar } from '../../journal/export-har.ts'
import { exportNdjson } from '../../journal/export-ndjson.ts'
import type { JournalReader } from '../../journal/journal-reader.ts'
import type { JournalWhere } from '../../store/journal/journal-where.ts'
import type { ReadSources } from './read-sources.ts'
import { journalWhere } from './request-where.ts'

/** About how many characters one piece of a file has. */
const pieceLength = 256 * 1024
/** A piece ends although it is short after so much work: what finds little must not hold up what else is asked. */
const mostWork = 1000
/** What looking through a part of the log without finding anything counts for. */
const workOfNothing = 50
/** Exports that nobody goes on with would be kept for ever. */
const mostOpen = 8

/** Files that are being written piece by piece. */
export interface Exports {
  open(where: JournalWhere, format: 'har' | 'ndjson'): string
  next(id: string): { readonly text: string; readonly isLast: boolean }
  close(id: string): void
}

/** `version` is that of Rollcall, which a HAR names. */
export function createExports(journal: JournalReader, version: string): Exports {
  const open = new Map<string, Iterator<string>>()
  return {
    open(where, format) {
      const [oldest] = open.keys()
      if (open.size >= mostOpen && oldest !== undefined) open.delete(oldest)
      const details = journal.detailSteps(where)
      const id = randomUUID()
      open.set(id, format === 'har' ? exportHar(details, { version }) : exportNdjson(details))
      return id
    },
    next(id) {
      const source = open.get(id)
      if (!source) throw new Error('the export has been closed')
      let text = ''
      for (let work = 0; text.length < pieceLength && work < mostWork;) {
        const step = source.next()
        if (step.done === true) {
          open.delete(id)
          return { text, isLast: true }
        }
        text += step.value
        work += step.value === '' ? workOfNothing : 1
      }
      return { text, isLast: false }
    },
    close: (id) => void open.delete(id),
  }
}

export function openExport(
  sources: ReadSources,
  input: { readonly filter: readonly RequestTerm[]; readonly format: 'har' | 'ndjson'; readonly now: number },
): string {
  return sources.exports.open(journalWhere(sources.search, input), input.format)
}

export function nextOfExport({ exports }: ReadSources, input: { readonly id: string }) {
  return exports.next(input.id)
}

export function closeExport({ exports }: ReadSources, input: { readonly id: string }): void {
  exports.close(input.id)
}
