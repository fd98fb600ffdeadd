import type { ImportedLine } from '../administration/records/import-users.ts'
import type { ForecastChange } from './forecast.ts'

export type ImportOutcome = ImportedLine['outcome']

export type ImportPhase = 'receiving' | 'checking' | 'ready' | 'unusable' | 'running' | 'done' | 'cancelled' | 'failed'

export type ImportCounts = Readonly<Record<ImportOutcome, number>>

export const noCounts: ImportCounts = { created: 0, updated: 0, unchanged: 0, refused: 0, left: 0 }

/** An import as a person follows it. */
export interface ImportState {
  readonly id: string
  readonly directory: string
  /** As the person calls the file. */
  readonly fileName: string
  readonly bytes: number
  /** Ms since the epoch. */
  readonly createdAt: number
  readonly phase: ImportPhase
  /** Why it failed or cannot be used: a sentence. */
  readonly problem: string | undefined
  /** Bytes while receiving and checking, lines while running. */
  readonly done: number
  readonly of: number
  readonly columns: readonly string[]
  /** What will happen. */
  readonly forecast: ImportCounts
  /** How many of those that change have an IdP. */
  readonly managed: number
  /** How many would be created under a userName that somebody else had before a conversion. */
  readonly former: number
  /** What has happened. */
  readonly result: ImportCounts
}

/** A line of the file with what will happen to it. */
export interface ForecastLine {
  readonly line: number
  readonly userName: string
  readonly outcome: ImportOutcome
  readonly problem: string | undefined
  readonly isManaged: boolean
  readonly formerOf: string | undefined
  readonly changes: readonly ForecastChange[]
}
