import { useEffect, useRef, type RefObject } from 'react'

/** Where a form says what is wrong: at its fields, and beside its buttons. */
const reasons = '[aria-invalid=true], [role=alert]'

/**
 * Once a try to save has failed, brings the first that says why into view and gives it the focus: it may have been folded away until now, and
 * the button that was pressed has lost the focus while it was busy. Returns the ref of the form, or of something in it.
 */
export function useFocusOnReason<E extends HTMLElement>(error: unknown): RefObject<E | null> {
  const place = useRef<E>(null)
  useEffect(() => {
    if (error !== null && error !== undefined)
      place.current?.closest('form')?.querySelector<HTMLElement>(reasons)?.focus()
  }, [error])
  return place
}
