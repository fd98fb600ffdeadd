/**
 * A ref of what scrolls sideways: marks it with `data-more-left` and `data-more-right` while there is more on that side, which fades out there.
 * Where a scroll bar says so already, nothing is marked.
 */
export function showMoreSideways(scroller: HTMLElement | null): (() => void) | undefined {
  if (!scroller) return undefined
  const look = () => {
    const { scrollLeft, scrollWidth, clientWidth } = scroller
    const hasBar = scroller.offsetHeight - scroller.clientHeight - borders(scroller) > 0
    scroller.toggleAttribute('data-more-left', !hasBar && scrollLeft > 1)
    scroller.toggleAttribute('data-more-right', !hasBar && scrollWidth - clientWidth - scrollLeft > 1)
  }
  const observer = new ResizeObserver(look)
  observer.observe(scroller)
  for (const child of scroller.children) observer.observe(child)
  scroller.addEventListener('scroll', look, { passive: true })
  return () => {
    observer.disconnect()
    scroller.removeEventListener('scroll', look)
  }
}

/** The upper and the lower border, in px. */
function borders(element: HTMLElement): number {
  const { borderTopWidth, borderBottomWidth } = getComputedStyle(element)
  return Number.parseFloat(borderTopWidth) + Number.parseFloat(borderBottomWidth)
}
