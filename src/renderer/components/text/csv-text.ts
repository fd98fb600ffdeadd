// What a spreadsheet takes for the beginning of a formula; the engine writes its own files in the same way (src/main/text/csv-cell.ts).
const formula = /^'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/

function cell(text: string): string {
  const safe = formula.test(text) ? `'${text}` : text
  return /[",;\t\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Rows as a CSV file in which no cell is a formula. */
export function csvText(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `${cells.map(cell).join(',')}\r\n`).join('')
}
