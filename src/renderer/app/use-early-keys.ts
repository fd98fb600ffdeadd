import { useEffect, useRef } from 'react'

interface EarlyKeys {
  text: string
  hasEnter: boolean
}

/** Marks the box of the palette. */
export const paletteBox = { 'data-palette-box': '' } as const

const isInBox = () => document.activeElement?.hasAttribute('data-palette-box') === true

/**
 * Keeps the keys that are pressed after the palette was asked for and before its box is there: they would go to the page, as its shortcuts, and be
 * missing in the box. Returns what is to be called with the box once it has the focus; `take` gets the text, and whether Enter was pressed behind it.
 */
export function useEarlyKeys(
  take: (box: HTMLInputElement, text: string, hasEnter: boolean) => void,
): (box: HTMLInputElement) => void {
  const early = useRef<EarlyKeys | undefined>(undefined)

  useEffect(() => {
    function press(event: KeyboardEvent): void {
      const hasModifier = event.ctrlKey || event.metaKey || event.altKey
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        early.current = isInBox() ? undefined : { text: '', hasEnter: false }
        return
      }
      const keys = early.current
      if (keys === undefined || hasModifier) return
      if (isInBox() || event.key === 'Escape') {
        early.current = undefined
        return
      }
      if (event.key.length === 1) keys.text += event.key
      else if (event.key === 'Enter') keys.hasEnter = true
      else return
      event.preventDefault()
      event.stopPropagation()
    }
    document.addEventListener('keydown', press, { capture: true })
    return () => document.removeEventListener('keydown', press, { capture: true })
  }, [])

  return (box) => {
    const keys = early.current
    early.current = undefined
    if (keys && keys.text !== '') take(box, keys.text, keys.hasEnter)
  }
}
