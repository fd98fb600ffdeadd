import { useEffect, useRef } from 'react'

/** Where whoever works with the keyboard goes on from: the field of a form that has only that, the name of what is open beside a list, or the heading. */
const field = 'main [data-autofocus]'
const places = [field, 'main aside h2', 'main h1']

function isNowhere(): boolean {
  const { activeElement } = document
  // The screen that was left is only hidden until the next one has been fetched.
  return activeElement === null || activeElement === document.body || !activeElement.checkVisibility()
}

/** Whoever has opened the screen from a dialog, as from the palette, is led back from that first. */
function isInDialog(): boolean {
  return document.activeElement?.closest('[role=dialog]') instanceof Element
}

function placesOf(selectors: readonly string[]): HTMLElement[] {
  return selectors
    .flatMap((each) => [...document.querySelectorAll<HTMLElement>(each)])
    .filter((each) => each.checkVisibility())
}

/** Puts the focus where the screen begins; a field that comes after its heading takes it from that. Returns whether nothing better is to come. */
function settle(): boolean {
  if (isInDialog()) return false
  const isAtHeading = document.activeElement?.matches('main h1') === true
  const [place] = isNowhere() ? placesOf(places) : isAtHeading ? placesOf([field]) : []
  // How far the screen is scrolled is decided elsewhere.
  place?.focus({ preventScroll: true })
  if (isNowhere()) return false
  return document.activeElement?.matches('main h1') !== true || document.querySelector('main [aria-busy=true]') === null
}

/**
 * Takes the focus along to the screen that has been opened. The browser leaves it nowhere once the link or the button that led there is gone
 * with its screen; who still has it, as in the navigation, keeps it.
 */
export function useScreenFocus(path: string): void {
  const shown = useRef(path)
  useEffect(() => {
    if (shown.current === path) return undefined
    shown.current = path
    if (settle()) return undefined
    // The screen, or what it asks for first, is still to come, or a dialog is still to go.
    const observer = new MutationObserver(() => {
      if (settle()) observer.disconnect()
    })
    observer.observe(document.body, { subtree: true, childList: true })
    return () => observer.disconnect()
  }, [path])
}
