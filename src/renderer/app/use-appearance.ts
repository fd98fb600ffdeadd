import { useEffect } from 'react'
import { usePreferences } from '../stores/preferences.ts'

/** Tells the style sheets how the person likes the console (global.css). */
export function useAppearance(): void {
  const density = usePreferences((state) => state.density)
  const motion = usePreferences((state) => state.motion)
  useEffect(() => {
    Object.assign(document.documentElement.dataset, { density, motion })
  }, [density, motion])
}
