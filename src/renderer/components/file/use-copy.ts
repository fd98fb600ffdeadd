import { useEffect, useState } from 'react'

const shownMs = 2000

/** Puts a text on the clipboard; the state goes back after two seconds. */
export function useCopy(value: string, onCopied?: () => void) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle')

  useEffect(() => {
    if (state === 'idle') return undefined
    const timer = setTimeout(() => setState('idle'), shownMs)
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
