import type { LogRow } from '../log/log-row.ts'

/** Rows at positions from `first` up to `end`, which is not part of them. */
export interface RowSource {
  readonly first: number
  readonly end: number
  at(position: number): LogRow | undefined
}
