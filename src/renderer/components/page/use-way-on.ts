import { useLocation } from 'wouter'
import { usePathname } from 'wouter/use-browser-location'

type Navigate = ReturnType<typeof useLocation>[1]

/** Leads on from a screen once what was begun there is done. Whoever has gone elsewhere meanwhile stays there. */
export function useWayOn(): Navigate {
  const path = usePathname()
  const [, navigate] = useLocation()
  return (to, options) => {
    if (location.pathname === path) navigate(to, options)
  }
}
