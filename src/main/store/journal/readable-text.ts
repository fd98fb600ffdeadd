import { fold } from '../../../scim/text/fold.ts'
import { withSpaces } from '../../../scim/query/query.ts'
import type { Connection } from '../file/open-database.ts'

/** A text of the journal, such as a URL, with its percent-encoding undone, folded; what is encoded wrongly stays as it is. */
function readable(text: string): string {
  if (!text.includes('%') && !text.includes('+')) return fold(text)
  try {
    return fold(decodeURIComponent(withSpaces(text)))
  } catch {
    return fold(text) // a client that knows no better
  }
}

/** Gives SQL the function `readable`, by which a name with other letters than those of ASCII is found however it was written. */
export function registerReadableText(connection: Connection): void {
  connection.function('readable', { deterministic: true }, (text: unknown) =>
    typeof text === 'string' ? readable(text) : '',
  )
}
