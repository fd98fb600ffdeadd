export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added'
  readonly text: string
}

/** Beyond this product of lengths the middle is shown as removed and added whole, for the table would grow too large. */
const largestTable = 4_000_000

/** The differences of two texts, line by line: what stands in both, in order, and what does not. */
export function lineDiff(before: string, after: string): readonly DiffLine[] {
  const old = before === '' ? [] : before.split('\n')
  const now = after === '' ? [] : after.split('\n')
  let start = 0
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1
  let end = 0
  while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end)) end += 1
  const same = (lines: readonly string[]) => lines.map((text): DiffLine => ({ kind: 'same', text }))
  return [
    ...same(old.slice(0, start)),
    ...middle(old.slice(start, old.length - end), now.slice(start, now.length - end)),
    ...same(old.slice(old.length - end)),
  ]
}

function middle(old: readonly string[], now: readonly string[]): readonly DiffLine[] {
  const removed = (text: string): DiffLine => ({ kind: 'removed', text })
  const added = (text: string): DiffLine => ({ kind: 'added', text })
  if (old.length * now.length > largestTable) return [...old.map(removed), ...now.map(added)]
  const width = now.length + 1
  const lengths = new Uint32Array((old.length + 1) * width)
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = now.length - 1; j >= 0; j -= 1)
      lengths[i * width + j] = old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const lines: DiffLine[] = []
  let i = 0
  let j = 0
  while (i < old.length || j < now.length) {
    const [one, other] = [old[i], now[j]]
    if (one !== undefined && one === other) {
      lines.push({ kind: 'same', text: one })
      i += 1
      j += 1
    } else if (other === undefined || (one !== undefined && at(i + 1, j) >= at(i, j + 1))) {
      lines.push(removed(one ?? ''))
      i += 1
    } else {
      lines.push(added(other))
      j += 1
    }
  }
  return lines
}

/** The differences with so many lines around each; what is left out in between is said in its place. */
export function excerpt(lines: readonly DiffLine[], context: number): readonly DiffLine[] {
  const isShown = lines.map((_, n) =>
    lines.slice(Math.max(0, n - context), n + context + 1).some((each) => each.kind !== 'same'),
  )
  const shown: DiffLine[] = []
  let hidden = 0
  for (const [n, line] of lines.entries()) {
    if (isShown[n] !== true) {
      hidden += 1
      continue
    }
    if (hidden > 0) shown.push({ kind: 'same', text: `⋯ ${hidden} ${hidden === 1 ? 'line' : 'lines'}` })
    hidden = 0
    shown.push(line)
  }
  if (hidden > 0) shown.push({ kind: 'same', text: `⋯ ${hidden} ${hidden === 1 ? 'line' : 'lines'}` })
  return shown
}
