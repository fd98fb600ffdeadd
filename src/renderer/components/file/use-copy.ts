import { useEffect, useState } from 'react'

const shownMs = 2000
/** What is to be done by hand takes longer to read. */
const failureShownMs = 8000

/** Says what to do where the browser lets nothing onto the clipboard. */
export const copyByHand = 'Select it and press Ctrl+C'

/** Puts a text on the clipboard; the state goes back after two seconds, or after eight when that failed. */
export function useCopy(value: string, onCopied?: () => void) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle')

  useEffect(() => {
    if (state === 'idle') return undefined
    const timer = setTimeout(() => setState('idle'), state === 'failed' ? failureShownMs : shownMs)
    return () => clearTimeout(timer)
  }, [state])

  async function write(): Promise<void> {
    try {
      await navigator.clipboard.writeText(value)
      setState('copied')
      onCopied?.()
    } catch {
      // A browser may forbid it; then the person is told to do it by hand.
      setState('failed')
    }
  }

  function copy(): void {
    void write()
  }

  return { state, copy }
}
