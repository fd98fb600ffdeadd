import type { MouseEvent } from 'react'

/** A handler of clicks that lets the second of a double-click pass: it would carry the act out again, or the opposite one that stands there by then. */
export function firstClick(act: () => void): (event: MouseEvent) => void {
  return ({ detail }) => {
    if (detail <= 1) act()
  }
}
