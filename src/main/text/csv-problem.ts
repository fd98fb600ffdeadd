import type { CsvError } from 'csv-parse'
import { z } from 'zod'

/** How far a parser of CSV has come: lines read so far, and how many of them were blank and passed over. */
export const csvPlace = z.object({ lines: z.number(), empty_lines: z.number() })

export type CsvPlace = z.infer<typeof csvPlace>

/** What is wrong with a CSV text and where, as a sentence; `last` is where the last good record ended. */
export function csvProblem(error: CsvError, last: CsvPlace): string {
  const place = csvPlace.safeParse(error).data ?? last
  const next = last.lines + 1 + place.empty_lines - last.empty_lines
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return `A quote opens in line ${next} and is never closed. Close it, or write "" where it belongs to the text.`
    case 'CSV_MAX_RECORD_SIZE':
      return `What begins in line ${next} does not end within 1 MB. Look for a quote there that is never closed.`
    case 'CSV_INVALID_CLOSING_QUOTE':
    case 'CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE':
      return `In line ${place.lines} there is text behind a closing quote. Write "" where a quote belongs to the text.`
    default:
      return `Line ${place.lines} cannot be read: ${error.message.replace(/^[A-Z][\w ]*: /, '')}`
  }
}
