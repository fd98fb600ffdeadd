/** The number in a field for whole ones from `least` to `most`; undefined where the field is empty or holds none of them. */
export function wholeNumber(text: number | string, least: number, most: number): number | undefined {
  const count = text === '' ? Number.NaN : Number(text)
  return Number.isInteger(count) && count >= least && count <= most ? count : undefined
}
