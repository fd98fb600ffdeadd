import { useEffect, useState } from 'react'

const slowMs = 500

/** Whether something has been going on for so long that a person begins to wonder. */
export function useSlow(isGoingOn: boolean): boolean {
  const [isSlow, setSlow] = useState(false)

  useEffect(() => {
    if (!isGoingOn) return undefined
    const timer = setTimeout(() => setSlow(true), slowMs)
    return () => {
      clearTimeout(timer)
      setSlow(false)
    }
  }, [isGoingOn])

  return isSlow
}
