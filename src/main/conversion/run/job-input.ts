import { z } from 'zod'
import type { JobRow } from '../../store/jobs/jobs.ts'
import { parseConversionOptions } from '../targets/conversion-options.ts'
import { planCountsSchema } from '../plan/plan-counts.ts'

/** Conversions and undos of one directory exclude each other. */
export const conversionLane = 'user-ids'
export const convertKind = 'convert-user-ids'
export const undoKind = 'undo-user-ids'

const convertSchema = z.object({
  planId: z.string(),
  options: z.unknown().transform(parseConversionOptions),
  /** What the preview said. */
  planned: planCountsSchema,
})

const undoSchema = z.object({
  planId: z.string(),
  /** The job to be undone. */
  jobId: z.int(),
  planned: planCountsSchema,
})

export type ConvertInput = z.infer<typeof convertSchema>
export type UndoInput = z.infer<typeof undoSchema>

/** Reads the input of a stored job; throws on what is none. */
export function parseConvertInput(text: string): ConvertInput {
  return convertSchema.parse(JSON.parse(text))
}

export function parseUndoInput(text: string): UndoInput {
  return undoSchema.parse(JSON.parse(text))
}

/** The preview that a stored job carries out; undefined for other work. */
export function planIdOf({ kind, input }: Pick<JobRow, 'kind' | 'input'>): string | undefined {
  if (kind === convertKind) return parseConvertInput(input).planId
  return kind === undoKind ? parseUndoInput(input).planId : undefined
}

const positionSchema = z.object({
  /** Those who wait for each other, then all others, then those who are merged. */
  stage: z.enum(['turns', 'plain', 'merges']),
  /** What the stage has reached: a place in the order of turns, or a user's `seq`. */
  after: z.number(),
})

export type Position = z.infer<typeof positionSchema>

/** Where a job stands; null is its beginning. */
export function parsePosition(text: string | null): Position {
  return text === null ? { stage: 'turns', after: 0 } : positionSchema.parse(JSON.parse(text))
}
