import { useEffect } from 'react'
import { focusScreen } from './focus-place.ts'

/** Once what calls it is gone, and the focus went with it, that is at the top of the screen: something else stands there now. */
export function useFocusAfter(): void {
  useEffect(
    () => () => {
      if (document.activeElement === null || document.activeElement === document.body) focusScreen()
    },
    [],
  )
}
