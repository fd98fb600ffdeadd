import type { ErrorExplanation } from '../../../contract/help.ts'

interface Findable extends ErrorExplanation {
  /** Codes and pieces of messages. */
  readonly words?: readonly string[]
  readonly status?: number
}

/** Whether an error is meant by a text: a part of its explanation, a status, or a whole message that was pasted. */
export function isMeant(error: Findable, text: string): boolean {
  const sought = text.trim().toLowerCase()
  if (sought === '') return true
  if (error.status !== undefined && sought === String(error.status)) return true
  const { title, meaning, nextStep, words = [] } = error
  return (
    [title, meaning, nextStep, ...words].some((each) => each.toLowerCase().includes(sought)) ||
    words.some((word) => sought.includes(word.toLowerCase()))
  )
}
