import { useCallback, useEffect, useRef } from 'react'

/** What is asked before a screen is left. */
export interface LeaveQuestion {
  readonly title: string
  readonly text: string
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

/** The screen may be left. */
export function forgetUnsaved(): void {
  unsaved.clear()
}

/** Has the browser ask before the page is closed or loaded anew. */
export function useUnloadQuestion(isAsked: boolean): void {
  useEffect(() => {
    if (!isAsked) return undefined
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
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
