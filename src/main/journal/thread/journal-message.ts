import type { Committed } from '../../store/journal/append.ts'
import type { PackedExchanges } from '../queue/batch.ts'
import type { JournalSettings } from '../journal-settings.ts'
import type { KnownIntegration } from './known-integration.ts'

/** Exchanges that had to be left out because the journal could not keep up. */
export interface Gap {
  readonly lost: number
  readonly since: number
  readonly until: number
}

/** What the thread is started with. */
export interface JournalThreadData {
  readonly file: string
  readonly session: string
  readonly settings: JournalSettings
  readonly integrations: readonly KnownIntegration[]
  /** Bench switch: infer nothing from the exchanges. */
  readonly withoutTracking: boolean
}

/** From the server to the journal's thread. */
export type JournalRequest =
  | {
      readonly kind: 'batch'
      readonly sequence: number
      readonly gap: Gap | undefined
      readonly exchanges: PackedExchanges
    }
  | { readonly kind: 'configure'; readonly settings: JournalSettings }
  | { readonly kind: 'integrations'; readonly integrations: readonly KnownIntegration[] }
  /** Work in the background from now on. */
  | { readonly kind: 'background' }
  | { readonly kind: 'close' }

/** From the thread to the server. Each batch gets one answer: `committed` or `failed`. */
export type JournalReply =
  | { readonly kind: 'committed'; readonly sequence: number; readonly committed: Committed | undefined }
  | { readonly kind: 'failed'; readonly sequence: number; readonly message: string }
  | { readonly kind: 'trouble'; readonly message: string }
  /** From now on it works in the background; `thread` is its number. */
  | { readonly kind: 'background'; readonly thread: number }
  | { readonly kind: 'closed' }
