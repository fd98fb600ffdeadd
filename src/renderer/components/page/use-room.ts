import { useMediaQuery } from '@mantine/hooks'

/** How much room a table has, so that it leaves out what is least missed: in the whole screen, or beside a detail. */
export function useRoom(hasDetail: boolean): 'wide' | 'medium' | 'narrow' {
  const isWide = useMediaQuery('(min-width: 62.5em)') ?? true
  // Above it the detail stands beside the list, below it under the list.
  const isBeside = useMediaQuery('(min-width: 75em)') ?? true
  const isVast = useMediaQuery('(min-width: 112em)') ?? true
  if (hasDetail && isBeside) return isVast ? 'medium' : 'narrow'
  return isWide ? 'wide' : 'medium'
}
