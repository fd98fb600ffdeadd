import type { BodyPart, TraceStepView } from '../../../contract/request-detail.ts'
import { traceKind } from '../../../idp/trace-kinds.ts'
import type { TracedNote } from '../../journal/journal-entry.ts'

/** Of a longer body only so many characters are sent along, until somebody asks for the rest. */
const longestPart = 64 * 1024

export function bodyPartOf(text: string | undefined): BodyPart | null {
  if (text === undefined) return null
  const isWhole = text.length <= longestPart
  // Not between the two halves of a character.
  const last = text.charCodeAt(longestPart - 1)
  const end = last >= 0xd800 && last <= 0xdbff ? longestPart - 1 : longestPart
  return { text: isWhole ? text : text.slice(0, end), characters: text.length, isWhole }
}

/** The steps that led to an answer, as sentences. */
export function traceViews(trace: readonly TracedNote[]): TraceStepView[] {
  return trace.map((note) => ({ step: note.step, code: note.code, sentence: note.sentence, kind: traceKind(note) }))
}
