import { useCallback } from 'react'
import { useLocation } from 'wouter'

/** Marks the entry in the browser's history that opening a dialog has made, so that closing it takes the entry back. A reload keeps the mark. */
export const dialogEntry = { isDialog: true } as const

function isDialogEntry(state: unknown): boolean {
  return typeof state === 'object' && state !== null && 'isDialog' in state
}

/**
 * Closes a dialog that stands in the address: goes to the address of the screen without it. What had been pushed on top of the screen to open it
 * is gone over, so that the way back leaves the screen at once; a dialog that was opened from elsewhere gives its entry to the screen.
 */
export function useCloseDialog(): (screen: string) => void {
  const [, navigate] = useLocation()
  return useCallback(
    (screen) => {
      const isOnTop = isDialogEntry(history.state)
      // At once, and without the mark: who closes it twice goes back once.
      navigate(screen, { replace: true })
      if (isOnTop) history.back()
    },
    [navigate],
  )
}
