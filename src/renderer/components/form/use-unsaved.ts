import { useCallback, useEffect, useRef } from 'react'

/** What is asked before a screen is left. */
export interface LeaveQuestion {
  readonly title: string
  readonly text: string
  /** It is about a dialog, which another address of the same screen closes as well. */
  readonly isOfDialog?: boolean
}

const usual: LeaveQuestion = {
  title: 'Leave without saving?',
  text: 'What you changed on this screen is not saved, and would be lost.',
}

/** What on the screen would be lost, each with its question. */
const unsaved = new Map<object, LeaveQuestion>()

/** What is to be asked before the screen is left; undefined where nothing would be lost. */
export function leaveQuestion(): LeaveQuestion | undefined {
  return [...unsaved.values()].at(-1)
}

type Ask = (question: LeaveQuestion, leave: () => void) => void

let ask: Ask | undefined

/** Says who asks the questions of the screen. Returns what ends that. */
export function setAsk(by: Ask): () => void {
  ask = by
  return () => {
    ask = undefined
  }
}

/** Asks, and leaves if that is the answer. Returns whether there is anybody who asks. */
export function askBefore(question: LeaveQuestion, leave: () => void): boolean {
  ask?.(question, leave)
  return ask !== undefined
}

/** The screen may be left. */
export function forgetUnsaved(): void {
  unsaved.clear()
}

/** Has the browser ask before the page is closed or loaded anew. */
export function useUnloadQuestion(isAsked: boolean): void {
  useEffect(() => {
    if (!isAsked) return undefined
    const hold = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', hold)
    return () => window.removeEventListener('beforeunload', hold)
  }, [isAsked])
}

/**
 * Has a person asked before the screen is left, or the page closed or loaded anew, while something would be lost by it. Returns what forgets
 * it, for a button that says so itself.
 */
export function useUnsaved(isUnsaved: boolean, question = usual): () => void {
  const form = useRef({})
  useUnloadQuestion(isUnsaved)
  useEffect(() => {
    const own = form.current
    if (!isUnsaved) return undefined
    unsaved.set(own, question)
    return () => {
      unsaved.delete(own)
    }
  }, [isUnsaved, question])
  return useCallback(() => void unsaved.delete(form.current), [])
}
