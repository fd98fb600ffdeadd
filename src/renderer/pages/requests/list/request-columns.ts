import type { RequestOrder } from '../../../../contract/requests.ts'

/** A column of the list; its id is what the engine sorts by. */
export interface RequestColumn {
  readonly id: RequestOrder
  readonly label: string
  /** In px at the usual size of text, until the person changes it; the one without takes what is left. */
  readonly width?: number
  readonly isNumber?: boolean
}

export const requestColumns: readonly RequestColumn[] = [
  { id: 'time', label: 'Time', width: 122 },
  { id: 'method', label: 'Method', width: 70 },
  { id: 'what', label: 'What' },
  { id: 'who', label: 'Who', width: 140 },
  { id: 'status', label: 'Status', width: 70 },
  { id: 'took', label: 'Took', width: 72, isNumber: true },
  { id: 'size', label: 'Size', width: 72, isNumber: true },
]

/** How the list is sorted, if not by arrival. */
export interface RequestSort {
  readonly order: RequestOrder
  readonly descending: boolean
}

/** `took.desc`, as it stands in the address. */
export function formatSort({ order, descending }: RequestSort): string {
  return `${order}.${descending ? 'desc' : 'asc'}`
}

/** Undefined for a text that is no sort. */
export function parseSort(text: string | null): RequestSort | undefined {
  const [name, direction] = (text ?? '').split('.')
  const column = requestColumns.find(({ id }) => id === name)
  if (!column || (direction !== 'asc' && direction !== 'desc')) return undefined
  return { order: column.id, descending: direction === 'desc' }
}
