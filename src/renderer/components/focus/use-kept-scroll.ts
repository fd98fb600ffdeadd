import { useLayoutEffect, useRef, type RefObject } from 'react'

/** How far what scrolls was scrolled, in px, by the name of the place. */
const places = new Map<string, number>()

let isWayBack = false

// Heard before wouter hears of it: the screen is drawn at once then.
window.addEventListener('popstate', () => {
  isWayBack = true
})
for (const name of ['pushState', 'replaceState'])
  window.addEventListener(name, () => {
    isWayBack = false
  })

/** Whether the browser's Back or Forward led to what is drawn now. */
export function isOnWayBack(): boolean {
  return isWayBack
}

/** What ends the wish to come back to where one was: the person has begun to scroll. */
const ownScrolling = ['wheel', 'pointerdown', 'keydown', 'touchstart'] as const

interface KeptScrollOptions {
  /** What is shown at another place begins at its top. Undefined while that is still to come. */
  readonly place: string | undefined
  /** This is the way back, though by a link. */
  readonly isReturn?: boolean
}

/** Has what scrolls begin at its top, and on the way back where it was left. */
export function useKeptScroll(
  scroller: RefObject<HTMLElement | null>,
  { place, isReturn = false }: KeptScrollOptions,
): void {
  const shown = useRef<string>(undefined)
  const isBack = useRef(false)

  useLayoutEffect(() => {
    isBack.current = isReturn
  })

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element || place === undefined) return undefined
    const wanted = isWayBack || (isBack.current && shown.current === undefined) ? (places.get(place) ?? 0) : 0
    const isFirst = shown.current === undefined
    shown.current = place
    if (!isFirst || wanted > 0) element.scrollTo(element.scrollLeft, wanted)

    const remember = () => void places.set(place, element.scrollTop)
    // What is below may not be there yet.
    const growing = new ResizeObserver(() => {
      element.scrollTo(element.scrollLeft, wanted)
      if (element.scrollTop >= wanted - 1) settle()
    })
    function settle(): void {
      growing.disconnect()
      for (const name of ownScrolling) window.removeEventListener(name, settle)
      element?.addEventListener('scroll', remember, { passive: true })
    }
    if (element.scrollTop >= wanted - 1) settle()
    else {
      for (const child of element.children) growing.observe(child)
      for (const name of ownScrolling) window.addEventListener(name, settle)
    }
    return () => {
      settle()
      element.removeEventListener('scroll', remember)
    }
  }, [scroller, place])
}
