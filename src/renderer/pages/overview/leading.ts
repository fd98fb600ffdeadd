import { numberText } from '../../components/text/amount-text.ts'
import { provisioningWord, type ToldStatus } from '../../components/state/provisioning-badge.tsx'

/** So many lines leave room on a laptop for what needs attention. */
const most = 8

interface Told {
  readonly status: ToldStatus
}

interface Leading<Line> {
  /** In the order given. */
  readonly shown: readonly Line[]
  /** What is said of the others: `13 more: 12 waiting, 1 healthy`; undefined where there are none. */
  readonly rest: string | undefined
}

/** Which integrations have a line of their own: all, where they are few; else every one that is not well, filled up with the first of the others. */
export function leadingOf<Line extends Told>(lines: readonly Line[]): Leading<Line> {
  if (lines.length <= most) return { shown: lines, rest: undefined }
  const isWell = ({ status }: Line) => !['failure', 'attention'].includes(provisioningWord(status).meaning)
  const well = lines.filter(isWell)
  const folded = new Set(well.slice(Math.max(0, most - (lines.length - well.length))))
  return {
    shown: lines.filter((line) => !folded.has(line)),
    rest: folded.size === 0 ? undefined : restText([...folded]),
  }
}

function restText(folded: readonly Told[]): string {
  const counts = new Map<string, number>()
  for (const { status } of folded) {
    const word = provisioningWord(status).word.toLowerCase()
    counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  const parts = [...counts].toSorted(([, one], [, other]) => other - one)
  return `${numberText(folded.length)} more: ${parts.map(([word, count]) => `${numberText(count)} ${word}`).join(', ')}`
}
