import { useCallback, useEffect, useRef } from 'react'

/** The forms on the screen that hold something which has not been saved. */
const unsaved = new Set<object>()

export function hasUnsaved(): boolean {
  return unsaved.size > 0
}

/** The screen may be left. */
export function forgetUnsaved(): void {
  unsaved.clear()
}

function ask(event: BeforeUnloadEvent): void {
  if (hasUnsaved()) event.preventDefault()
}

/**
 * Has a person asked before the screen is left, or the page closed or loaded anew, while something has not been saved. Returns what forgets
 * it, for a button that says so itself.
 */
export function useUnsaved(isUnsaved: boolean): () => void {
  const form = useRef({})
  useEffect(() => {
    const own = form.current
    if (!isUnsaved) return undefined
    unsaved.add(own)
    window.addEventListener('beforeunload', ask)
    return () => {
      unsaved.delete(own)
      if (!hasUnsaved()) window.removeEventListener('beforeunload', ask)
    }
  }, [isUnsaved])
  return useCallback(() => void unsaved.delete(form.current), [])
}
