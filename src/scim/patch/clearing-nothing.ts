import { noTarget } from '../error.ts'
import { refusedBecauseStrict } from '../normalize/departure.ts'
import { shown, type Notes } from '../note.ts'
import type { PatchOperation } from './operation.ts'

/**
 * A replace by nothing whose filter finds nothing has no target (RFC 7644 §3.5.2.3). Entra clears what a user never had in this way, and what it wants
 * is so already: only strict notes refuse it. A remove is no error there (§3.5.2.2).
 */
export function refuseClearingNothing({ op, path }: PatchOperation, notes: Notes): void {
  if (op !== 'replace' || path.filter === undefined || !notes.strict) return
  throw refusedBecauseStrict(notes, noTarget, `Nothing matches "${shown(path.text)}", so there is nothing to clear.`)
}
