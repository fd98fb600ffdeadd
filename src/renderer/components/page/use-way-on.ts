import { useLocation } from 'wouter'

type Navigate = ReturnType<typeof useLocation>[1]

/** Leads on from a screen once what was begun there is done. Whoever has gone elsewhere meanwhile stays there. */
export function useWayOn(): Navigate {
  const [path, navigate] = useLocation()
  return (to, options) => {
    // The router's path is decoded.
    if (decodeURI(location.pathname) === path) navigate(to, options)
  }
}
