import type { Job } from '../../../contract/jobs.ts'
import { amountText, numberText } from '../../components/text/amount-text.ts'
import type { Meaning, StateIcon } from '../../components/state/state-badge.tsx'
import { unreachable } from '../../unreachable.ts'

/** What a job is, as a title. */
export function jobTitle({ kind, id, undoes }: Job): string {
  if (kind === 'convert-user-ids') return `Conversion ${id}`
  return kind === 'undo-user-ids' ? `Undo of conversion ${undoes ?? ''}` : `Job ${id}`
}

export interface JobStateText {
  readonly word: string
  readonly meaning: Meaning
  readonly icon?: StateIcon
}

export function jobStateText({ state }: Pick<Job, 'state'>): JobStateText {
  switch (state) {
    case 'queued':
      return { word: 'Waiting', meaning: 'information' }
    case 'running':
      return { word: 'Running', meaning: 'information', icon: 'working' }
    case 'paused':
      return { word: 'Paused', meaning: 'attention', icon: 'paused' }
    case 'cancelled':
      return { word: 'Cancelled', meaning: 'neutral', icon: 'disabled' }
    case 'done':
      return { word: 'Done', meaning: 'ok' }
    case 'failed':
      return { word: 'Failed', meaning: 'failure' }
    default:
      return unreachable(state)
  }
}

/** How many a job has changed. */
export function changedBy({ counts }: Pick<Job, 'counts'>): number {
  return (counts['converted'] ?? 0) + (counts['merged'] ?? 0) + (counts['restored'] ?? 0)
}

/** What stays of a job that ends before its end, in sentences: `2 people have the new user ID.` */
export function staysText({ kind, counts }: Pick<Job, 'kind' | 'counts'>): string {
  const { restored = 0, converted = 0, merged = 0 } = counts
  const have = (count: number, what: string) => `${amountText(count, 'person has', 'people have')} ${what}.`
  if (kind === 'undo-user-ids') return have(restored, 'the old user ID again')
  const merges = merged === 0 ? '' : ` ${amountText(merged, 'person was', 'people were')} merged into another one.`
  return `${have(converted, 'the new user ID')}${merges}`
}

function leftText(count: number): string {
  return `${numberText(count)} left as ${count === 1 ? 'it was' : 'they were'}`
}

/** What came of a job, in a sentence: `1,204 converted, 15 left as they were, 1 failed`. */
export function resultText({ kind, counts }: Pick<Job, 'kind' | 'counts'>): string {
  const parts =
    kind === 'undo-user-ids'
      ? [`${numberText(counts['restored'] ?? 0)} restored`, leftText(counts['left'] ?? 0)]
      : [
          `${numberText(counts['converted'] ?? 0)} converted`,
          ...((counts['merged'] ?? 0) > 0 ? [`${numberText(counts['merged'] ?? 0)} merged`] : []),
          leftText(counts['skipped'] ?? 0),
          ...((counts['failed'] ?? 0) > 0 ? [`${numberText(counts['failed'] ?? 0)} failed`] : []),
        ]
  return parts.join(', ')
}

/** `1,204 of 5,000 people`. */
export function progressText({ done, total }: Pick<Job, 'done' | 'total'>): string {
  return `${numberText(done)} of ${amountText(total, 'person', 'people')}`
}
