/** Gives an element the focus where nothing else has it: what had it is gone or can do nothing any more. Whoever types goes on typing. */
export function takeFreeFocus(element: HTMLElement | null): void {
  const { activeElement } = document
  const isFree = activeElement === null || activeElement === document.body || activeElement.matches(':disabled')
  if (isFree) element?.focus({ preventScroll: true })
}
