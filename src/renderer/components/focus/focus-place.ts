/** Puts the focus on the first of these places that is there and takes it. */
export function focusFirst(...selectors: readonly string[]): void {
  for (const selector of selectors) {
    const place = document.querySelector<HTMLElement>(selector)
    place?.focus()
    if (place && document.activeElement === place) return
  }
}

/** Puts the focus at the top of the screen, for when what had it is gone: the Tab key goes on from the heading. */
export function focusScreen(): void {
  focusFirst('main h1', 'main')
}

/** Puts the focus on the name of what is open beside a list, before the controls that an act replaces by others. */
export function focusDetail(): void {
  focusFirst('main aside h2', 'main h1', 'main')
}
