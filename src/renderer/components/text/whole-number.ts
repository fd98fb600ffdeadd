/** Digits, in groups or not: `10000`, `10,000`, `10 000`. */
const digits = /^(?:\d+|\d{1,3}(?:,\d{3})+|\d{1,3}(?:\s\d{3})+)$/

/** The number in a field for whole ones from `least` to `most`; undefined where the field is empty or holds none of them. */
export function wholeNumber(text: string, least: number, most: number): number | undefined {
  const typed = text.trim()
  const count = digits.test(typed) ? Number(typed.replaceAll(/\D/g, '')) : Number.NaN
  return count >= least && count <= most ? count : undefined
}
