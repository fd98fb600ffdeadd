import { useEffect, useRef } from 'react'
import { focusScreen } from './focus-screen.ts'

const page = () => document.getElementById('root')

/**
 * Takes the page out of reach while a dialog is open that follows another one: that one gives the focus back to the
 * page when it goes, which would leave the new one open behind the focus. What had the focus in the page gets it
 * again afterwards, or the screen where it is gone.
 */
export function usePageBehind(isOpen: boolean): void {
  const focused = useRef<HTMLElement>(undefined)

  useEffect(() => {
    function remember({ target }: FocusEvent): void {
      if (target instanceof HTMLElement && page()?.contains(target) === true) focused.current = target
    }
    document.addEventListener('focusin', remember)
    return () => document.removeEventListener('focusin', remember)
  }, [])

  useEffect(() => {
    if (!isOpen) return undefined
    page()?.toggleAttribute('inert', true)
    return () => {
      page()?.toggleAttribute('inert', false)
      focused.current?.focus({ preventScroll: true })
      if (document.activeElement !== focused.current) focusScreen()
    }
  }, [isOpen])
}
