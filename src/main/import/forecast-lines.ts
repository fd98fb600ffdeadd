import type { ForecastLine, ImportOutcome } from './import-state.ts'

/** So many lines of each outcome are kept to be looked through; all are counted. */
const mostKept = 10_000

/** What will happen to the lines of a file. */
export interface ForecastLines {
  add(line: ForecastLine): void
  /** A line turns out to be refused after all. Undefined when it has not been kept. */
  refuse(line: number, problem: string): { readonly refused: ForecastLine; readonly was: ImportOutcome } | undefined
  /** In the order of the file; of one outcome, or of all. */
  page(
    outcome: ImportOutcome | undefined,
    offset: number,
    limit: number,
  ): { readonly items: readonly ForecastLine[]; readonly total: number }
}

export function createForecastLines(): ForecastLines {
  const lists = new Map<ImportOutcome | undefined, ForecastLine[]>()

  function of(outcome: ImportOutcome | undefined): ForecastLine[] {
    const known = lists.get(outcome)
    if (known) return known
    const list: ForecastLine[] = []
    lists.set(outcome, list)
    return list
  }

  return {
    add(line) {
      for (const outcome of [line.outcome, undefined]) if (of(outcome).length < mostKept) of(outcome).push(line)
    },
    refuse(line, problem) {
      const found = [...lists.values()].flat().find((each) => each.line === line)
      if (!found) return undefined
      const refused: ForecastLine = { ...found, outcome: 'refused', problem }
      lists.set(
        found.outcome,
        of(found.outcome).filter((each) => each.line !== line),
      )
      lists.set(
        'refused',
        [...of('refused'), refused].toSorted((one, other) => one.line - other.line),
      )
      lists.set(
        undefined,
        of(undefined).map((each) => (each.line === line ? refused : each)),
      )
      return { refused, was: found.outcome }
    },
    page(outcome, offset, limit) {
      const list = of(outcome)
      return { items: list.slice(offset, offset + limit), total: list.length }
    },
  }
}
