import { usePreferences } from '../../stores/preferences.ts'

interface Sort {
  readonly column: string
  readonly descending: boolean
}

/** The sort of a table, as it was left. */
export function useTableSort(id: string, initial: Sort) {
  const preference = usePreferences((state) => state.tables[id])
  const setTable = usePreferences((state) => state.setTable)
  const sort = preference?.sort ?? initial

  function onSort(column: string, descending: boolean): void {
    setTable(id, { widths: preference?.widths ?? {}, sort: { column, descending } })
  }

  return { sort, onSort }
}
