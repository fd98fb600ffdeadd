import { useCallback, useEffect, useEffectEvent, useLayoutEffect, useRef, useState, type RefObject } from 'react'

/** So near to the end counts as the end, in px. */
const nearEnd = 24

/** Whether a list stays at its end as it grows, and where its end was when it was left. */
export interface Following {
  readonly isFollowing: boolean
  readonly leftAt: number | undefined
  leaveAt(end: number): void
  follow(): void
}

/** `hasTail`: new rows come at the end, now or once a view that is held goes on. With `start` the list begins elsewhere than at its end. */
export function useFollowing(hasTail: boolean, start: number | undefined): Following {
  const [leftAt, setLeftAt] = useState(start)
  const leaveAt = useCallback((end: number) => setLeftAt((known) => known ?? end), [])
  return {
    isFollowing: hasTail && leftAt === undefined,
    leftAt,
    leaveAt,
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
  /** Of what is seen of the list, in px. */
  readonly height: number
  /** A row is open, so that being at the end is no wish to follow. */
  readonly isHeldByOpen: boolean
}

interface Tail {
  /** How many rows came since the end was left. */
  readonly missed: number
  onScroll(): void
  isAtEnd(): boolean
  /** The person has chosen a row: the list stays where it is. */
  leave(): void
}

/** Keeps a growing list at its end until somebody scrolls up or chooses a row, and again once they come back to it. */
export function useTail({ scroller, first, end, following, isHeld, height, isHeldByOpen }: TailOptions): Tail {
  const lastTop = useRef(0)
  const { isFollowing, leftAt } = following

  useLayoutEffect(() => {
    const element = scroller.current
    if (!isFollowing || !element) return
    element.scrollTo({ top: element.scrollHeight })
    lastTop.current = element.scrollTop
  }, [isFollowing, first, end, isHeld, height, scroller])

  const latest = useRef(end)
  useLayoutEffect(() => {
    latest.current = end
  }, [end])
  const { leaveAt } = following
  const leave = useCallback(() => leaveAt(latest.current), [leaveAt])

  const isAtEnd = () => {
    const element = scroller.current
    return element !== null && element.scrollHeight - element.scrollTop - element.clientHeight < nearEnd
  }
  const followFromEnd = useEffectEvent(() => {
    if (isAtEnd()) following.follow()
  })
  useEffect(() => {
    if (!isHeldByOpen) followFromEnd()
  }, [isHeldByOpen])

  return {
    missed: leftAt === undefined ? 0 : Math.max(0, end - leftAt),
    onScroll() {
      const element = scroller.current
      if (!element) return
      const isUp = element.scrollTop < lastTop.current - 1
      lastTop.current = element.scrollTop
      if (isAtEnd() && !isHeldByOpen) following.follow()
      else if (isUp && !isAtEnd()) leave()
    },
    isAtEnd,
    leave,
  }
}
