import { useEffect, useState } from 'react'
import { flushSync } from 'react-dom'

/** How many rows of a list that draws only what is in sight are printed at most: some thirty pages. */
export const mostPrinted = 1000

/** Whether the page is being printed just now. The browser takes what stands there once it has told of it, so that it has to be drawn at once. */
export function useIsPrinting(): boolean {
  const [isPrinting, setPrinting] = useState(false)
  useEffect(() => {
    const before = () => flushSync(() => setPrinting(true))
    const after = () => setPrinting(false)
    window.addEventListener('beforeprint', before)
    window.addEventListener('afterprint', after)
    return () => {
      window.removeEventListener('beforeprint', before)
      window.removeEventListener('afterprint', after)
    }
  }, [])
  return isPrinting
}
