import { useLayoutEffect, useRef, useState, type RefObject } from 'react'

/** So near to the end counts as the end, in px. */
const nearEnd = 24

/** Whether a list stays at its end as it grows, and where its end was when it was left. */
export interface Following {
  readonly isFollowing: boolean
  readonly leftAt: number | undefined
  leaveAt(end: number): void
  follow(): void
}

/** `hasTail`: new rows come at the end, now or once a view that is held goes on. */
export function useFollowing(hasTail: boolean): Following {
  const [leftAt, setLeftAt] = useState<number>()
  return {
    isFollowing: hasTail && leftAt === undefined,
    leftAt,
    leaveAt: (end) => setLeftAt((known) => known ?? end),
    follow: () => setLeftAt(undefined),
  }
}

interface TailOptions {
  readonly scroller: RefObject<HTMLElement | null>
  /** Positions of the oldest row, and behind the newest. */
  readonly first: number
  readonly end: number
  readonly following: Following
  /** The view is held: what says so takes room from the list. */
  readonly isHeld: boolean
  /** A row is open, so that being at the end is no wish to follow. */
  readonly isHeldByOpen: boolean
}

interface Tail {
  /** How many rows came since the end was left. */
  readonly missed: number
  onScroll(): void
  /** The person has chosen a row: the list stays where it is. */
  leave(): void
}

/** Keeps a growing list at its end until somebody scrolls up or chooses a row, and again once they come back to it. */
export function useTail({ scroller, first, end, following, isHeld, isHeldByOpen }: TailOptions): Tail {
  const lastTop = useRef(0)
  const { isFollowing, leftAt } = following

  useLayoutEffect(() => {
    const element = scroller.current
    if (!isFollowing || !element) return
    element.scrollTo({ top: element.scrollHeight })
    lastTop.current = element.scrollTop
  }, [isFollowing, first, end, isHeld, scroller])

  return {
    missed: leftAt === undefined ? 0 : Math.max(0, end - leftAt),
    onScroll() {
      const element = scroller.current
      if (!element) return
      const isUp = element.scrollTop < lastTop.current - 1
      lastTop.current = element.scrollTop
      const isAtEnd = element.scrollHeight - element.scrollTop - element.clientHeight < nearEnd
      if (isAtEnd && !isHeldByOpen) following.follow()
      else if (isUp && !isAtEnd) following.leaveAt(end)
    },
    leave: () => following.leaveAt(end),
  }
}
