import { useEffect, useLayoutEffect, useRef } from 'react'
import { focusScreen } from './focus-place.ts'

/** What is drawn outside of it are dialogs, menus and tips. */
const page = () => document.getElementById('root')

let last: HTMLElement | undefined
let lastInDialog: HTMLElement | undefined

/** Remembers what had the focus last in the page, whatever dialogs and menus have had it since; and what had it last in a dialog. */
export function usePageFocus(): void {
  useEffect(() => {
    function remember({ target }: FocusEvent): void {
      if (!(target instanceof HTMLElement)) return
      if (page()?.contains(target) === true) last = target
      else if (target.closest('[role=dialog]')) lastInDialog = target
    }
    document.addEventListener('focusin', remember)
    return () => document.removeEventListener('focusin', remember)
  }, [])
}

/**
 * Gives the focus back to what had it last in the page, once a dialog is closed; to the screen where that is gone. With `isAboveDialogs` it is
 * first given back to the dialog below, if that is still there.
 * Mantine's own way knows neither the one behind a menu or another dialog, nor dialogs that are taken out while open,
 * and takes the focus away from where an act has put it.
 */
export function useFocusBack(isOpen: boolean, isAboveDialogs = false): void {
  const below = useRef<HTMLElement>(undefined)

  // Before the dialog itself takes the focus.
  useLayoutEffect(() => {
    if (isOpen) below.current = isAboveDialogs && lastInDialog?.isConnected === true ? lastInDialog : undefined
  }, [isOpen, isAboveDialogs])

  useEffect(() => {
    if (!isOpen) return undefined
    return () => {
      below.current?.focus({ preventScroll: true })
      if (below.current !== undefined && document.activeElement === below.current) return
      last?.focus({ preventScroll: true })
      if (last === undefined || document.activeElement !== last) focusScreen()
    }
  }, [isOpen])
}

/** Takes the page out of reach while a dialog is open that follows another one, which gives the focus back to the page when it goes. */
export function usePageBehind(isOpen: boolean): void {
  useEffect(() => {
    if (!isOpen) return undefined
    page()?.toggleAttribute('inert', true)
    return () => {
      page()?.toggleAttribute('inert', false)
    }
  }, [isOpen])
  useFocusBack(isOpen)
}
