/** Puts the focus at the top of the screen, where the Tab key goes on from its heading. For when what had it is gone. */
export function focusScreen(): void {
  const heading = document.querySelector<HTMLElement>('main h1')
  heading?.focus({ preventScroll: true })
}
