import type { DiffLine } from '../../../components/text/line-diff.ts'

/** A part of a comparison: lines that differ with those around them, or a run of lines that do not. */
export type Hunk =
  | { readonly kind: 'lines'; readonly lines: readonly DiffLine[] }
  | { readonly kind: 'skipped'; readonly lines: readonly DiffLine[] }

/** So many lines stay around what differs. */
const context = 3
/** A shorter run is not worth hiding. */
const shortest = 4

/** Takes long runs of equal lines out of a comparison. */
export function diffHunks(lines: readonly DiffLine[]): readonly Hunk[] {
  const hunks: Hunk[] = []
  let shown: DiffLine[] = []
  for (let at = 0; at < lines.length;) {
    const next = lines.findIndex((line, n) => n >= at && line.kind !== 'same')
    const end = next < 0 ? lines.length : next
    const from = at === 0 ? 0 : Math.min(at + context, end)
    const to = next < 0 ? lines.length : Math.max(from, end - context)
    if (to - from >= shortest) {
      shown.push(...lines.slice(at, from))
      if (shown.length > 0) hunks.push({ kind: 'lines', lines: shown })
      hunks.push({ kind: 'skipped', lines: lines.slice(from, to) })
      shown = lines.slice(to, end)
    } else shown.push(...lines.slice(at, end))
    at = end
    while (at < lines.length && lines[at]?.kind !== 'same') {
      const line = lines[at]
      if (line) shown.push(line)
      at += 1
    }
  }
  if (shown.length > 0) hunks.push({ kind: 'lines', lines: shown })
  return hunks
}
