import type { ImportOutcome } from '../../../contract/imports.ts'
import type { Meaning } from '../../components/state/state-badge.tsx'

interface OutcomeWords {
  readonly id: ImportOutcome
  /** "12 will be created" */
  readonly will: string
  readonly did: string
  /** One of them: "Created". */
  readonly one: string
  readonly meaning: Meaning
}

/** What becomes of lines, in the order in which a person asks. */
export const outcomes: readonly OutcomeWords[] = [
  { id: 'created', will: 'will be created', did: 'created', one: 'Create', meaning: 'ok' },
  { id: 'updated', will: 'will be changed', did: 'changed', one: 'Change', meaning: 'information' },
  { id: 'unchanged', will: 'unchanged', did: 'unchanged', one: 'Unchanged', meaning: 'neutral' },
  { id: 'left', will: 'left alone', did: 'left alone', one: 'Left alone', meaning: 'neutral' },
  { id: 'refused', will: 'cannot be imported', did: 'refused', one: 'Refused', meaning: 'failure' },
]
