/** The size of text for which lengths are given, in px: that of a browser in which nobody has chosen another. */
const usualTextSize = 16

/** What was measured on the screen, in px, as Mantine's `rem` takes it, which has lengths grow with the size of text that the person has chosen. */
export function measuredLength(px: number): number {
  const textSize = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
  return Math.round((px * usualTextSize) / textSize)
}
