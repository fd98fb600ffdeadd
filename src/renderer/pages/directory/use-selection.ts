import { useState } from 'react'
import type { RowSelection } from '../../components/table/data-table.tsx'

/** What can be chosen of a list. */
export interface Selectable {
  readonly id: string
  readonly source: 'local' | 'scim'
}

export interface Selection<Row> extends RowSelection<Row> {
  /** In the order in which they were chosen. */
  readonly ids: readonly string[]
  /** How many of them an IdP manages. */
  readonly managed: number
  /** Chooses these and nothing else. */
  choose(items: readonly { readonly id: string; readonly isManaged: boolean }[]): void
  clear(): void
}

interface Chosen {
  /** The list that they were chosen in. */
  readonly list: string
  /** Whether each is managed by an IdP. */
  readonly items: ReadonlyMap<string, boolean>
  /** The one chosen last, where a range begins. */
  readonly last: string | undefined
}

const isManaged = ({ source }: Selectable) => source === 'scim'

/** What `useSelection` tells lists of people or groups apart by: one that is only sorted another way is the same. */
export function unsorted(input: { readonly sort: unknown; readonly descending: unknown }): string {
  return JSON.stringify({ ...input, sort: null, descending: null })
}

/** What is chosen of a list, over all its pages. With another list, which `list` tells apart, nothing is. */
export function useSelection<Row extends Selectable>(
  list: string,
  rows: readonly Row[],
  nameOf: (row: Row) => string,
): Selection<Row> {
  const [state, setState] = useState<Chosen>({ list, items: new Map(), last: undefined })
  const items = state.list === list ? state.items : new Map<string, boolean>()

  function set(next: ReadonlyMap<string, boolean>, last?: string): void {
    setState({ list, items: next, last })
  }

  function between(row: Row): readonly Row[] {
    const [from, to] = [state.last, row.id].map((id) => rows.findIndex((each) => each.id === id))
    if (from === undefined || to === undefined || from < 0) return [row]
    return rows.slice(Math.min(from, to), Math.max(from, to) + 1)
  }

  return {
    ids: [...items.keys()],
    managed: [...items.values()].filter(Boolean).length,
    isSelected: ({ id }) => items.has(id),
    toggle(row, isRange) {
      const next = new Map(items)
      if (isRange) for (const each of between(row)) next.set(each.id, isManaged(each))
      else if (!next.delete(row.id)) next.set(row.id, isManaged(row))
      set(next, row.id)
    },
    toggleAll(isOn) {
      const next = new Map(items)
      for (const row of rows) {
        if (isOn) next.set(row.id, isManaged(row))
        else next.delete(row.id)
      }
      set(next)
    },
    nameOf,
    choose: (chosen) => set(new Map(chosen.map((each) => [each.id, each.isManaged]))),
    clear: () => set(new Map()),
  }
}
