import { ownText } from '../../text/own-text.ts'
import { headerLookup } from './header-lookup.ts'

/** What is read out of the header lines of a request. */
export interface RequestHeaders {
  /** The value of a header by its name in lower case. */
  readonly lookup: (name: string) => string | undefined
}

const mostKept = 200

/** Reads header lines, and remembers the last ones: a client sends the same with every request. */
export function createHeaderReader(): (lines: string) => RequestHeaders {
  const kept = new Map<string, RequestHeaders>()
  return (lines) => {
    const known = kept.get(lines)
    if (known) return known
    const own = ownText(lines)
    const read = { lookup: headerLookup(own) }
    if (kept.size >= mostKept) kept.clear()
    kept.set(own, read)
    return read
  }
}
