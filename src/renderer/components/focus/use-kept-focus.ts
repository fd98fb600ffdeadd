import { useEffect } from 'react'

/**
 * Gives the focus back to a button that was disabled while it had it, as each is while it works, as soon as it can be pressed again. The browser
 * takes it away from what is disabled, and leaves whoever works with the keyboard nowhere. Who has gone elsewhere meanwhile stays there.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    let holder: EventTarget | undefined
    const hold = ({ target }: FocusEvent) => {
      holder = target ?? undefined
    }
    const letGo = ({ target }: PointerEvent) => {
      if (!(holder instanceof Node && target instanceof Node && holder.contains(target))) holder = undefined
    }
    const observer = new MutationObserver((changes) => {
      const isNowhere = document.activeElement === null || document.activeElement === document.body
      for (const { target } of changes)
        if (isNowhere && target === holder && target instanceof HTMLButtonElement && !target.disabled)
          target.focus({ preventScroll: true })
    })
    observer.observe(document.body, { subtree: true, attributeFilter: ['disabled'] })
    document.addEventListener('focusin', hold)
    document.addEventListener('pointerdown', letGo)
    return () => {
      observer.disconnect()
      document.removeEventListener('focusin', hold)
      document.removeEventListener('pointerdown', letGo)
    }
  }, [])
}
