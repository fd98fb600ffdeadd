import type { Request } from '../../../../contract/requests.ts'

/** A line of the list: a request, or a note that some were passed over because they came faster than the page could draw them. */
export type LogRow =
  | { readonly kind: 'request'; readonly request: Request }
  | {
      readonly kind: 'passed'
      /** How many numbers of the log were passed over; a filter may have matched fewer of them. */
      readonly count: number
      /** The first and the last of these numbers. */
      readonly from: number
      readonly to: number
    }

/** The number in the log, for the order of rows. */
export function idOfRow(row: LogRow): number {
  return row.kind === 'request' ? row.request.id : row.to
}
