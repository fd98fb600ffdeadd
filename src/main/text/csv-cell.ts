// What a spreadsheet takes for the beginning of a formula (OWASP, "CSV injection"), full-width forms included.
const formula = /^'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/
const guarded = /^'+[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/

/** A text as one cell of a CSV file. What a spreadsheet would run as a formula is kept from it by an apostrophe in front. */
export function csvCell(text: string): string {
  const safe = formula.test(text) ? `'${text}` : text
  // Quoted also where only another delimiter stands in it, since a spreadsheet of another country splits there.
  return /[",;\t\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** The text that {@link csvCell} was given. */
export function textOfCell(cell: string): string {
  return guarded.test(cell) ? cell.slice(1) : cell
}
