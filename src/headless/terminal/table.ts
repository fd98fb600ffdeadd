import { styleText } from 'node:util'
import { printable } from './printable.ts'
import { createTextWidth } from './text-width.ts'

/** The lines of a table for a person: a header, then the rows, columns filled with blanks. Cells may hold what others wrote. */
export function tableLines(header: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const cells = rows.map((row) => row.map(printable))
  const widthOf = createTextWidth()
  const widths = header.map((name, n) =>
    cells.reduce((widest, row) => Math.max(widest, widthOf(row[n] ?? '')), name.length),
  )
  const line = (row: readonly string[]) =>
    row
      .map((cell, n) => (n === row.length - 1 ? cell : cell + ' '.repeat((widths[n] ?? 0) - widthOf(cell))))
      .join('  ')
      .trimEnd()
  // styleText leaves colours out where stdout is no terminal or NO_COLOR is set.
  return [styleText('bold', line(header)), ...cells.map(line)]
}
