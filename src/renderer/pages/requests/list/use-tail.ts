import { useLayoutEffect, useRef, useState, type RefObject } from 'react'

/** So near to the end counts as the end, in px. */
const nearEnd = 24

interface TailOptions {
  readonly scroller: RefObject<HTMLElement | null>
  /** Position behind the newest row. */
  readonly end: number
  /** New rows come at the end. */
  readonly isGrowing: boolean
  /** A row is open, so that being at the end is no wish to follow. */
  readonly isHeldByOpen: boolean
}

interface Tail {
  /** The list stays at its end as it grows. */
  readonly isFollowing: boolean
  /** How many rows came since it was left. */
  readonly missed: number
  onScroll(): void
  /** The person has chosen a row: the list stays where it is. */
  leave(): void
  follow(): void
}

/** Keeps a growing list at its end until somebody scrolls up or chooses a row, and again once they come back to it. */
export function useTail({ scroller, end, isGrowing, isHeldByOpen }: TailOptions): Tail {
  const [leftAt, setLeftAt] = useState<number>()
  const lastTop = useRef(0)
  const isFollowing = isGrowing && leftAt === undefined

  useLayoutEffect(() => {
    const element = scroller.current
    if (!isFollowing || !element) return
    element.scrollTo({ top: element.scrollHeight })
    lastTop.current = element.scrollTop
  }, [isFollowing, end, scroller])

  return {
    isFollowing,
    missed: leftAt === undefined ? 0 : Math.max(0, end - leftAt),
    onScroll() {
      const element = scroller.current
      if (!element) return
      const isUp = element.scrollTop < lastTop.current - 1
      lastTop.current = element.scrollTop
      const isAtEnd = element.scrollHeight - element.scrollTop - element.clientHeight < nearEnd
      if (isAtEnd && !isHeldByOpen) setLeftAt(undefined)
      else if (isUp && !isAtEnd) setLeftAt((known) => known ?? end)
    },
    leave: () => setLeftAt((known) => known ?? end),
    follow: () => setLeftAt(undefined),
  }
}
