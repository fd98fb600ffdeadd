import { useState } from 'react'
import { useLocation } from 'wouter'
import { leaveQuestion } from './use-unsaved.ts'

/**
 * Whether a screen stays although what it is about is gone, because something on it was not saved when that was noticed: until its address is
 * another one. What was put in can be copied then, also after a try to save it.
 */
export function useStaysUnsaved(isGone: boolean): boolean {
  const [path] = useLocation()
  const [staysAt, setStaysAt] = useState<string>()
  const stays = isGone && (staysAt === path || (staysAt === undefined && leaveQuestion() !== undefined))
  const next = stays ? path : staysAt === path ? staysAt : undefined
  if (next !== staysAt) setStaysAt(next)
  return stays
}
