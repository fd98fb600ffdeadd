import type { PackedCommands, PackedOutcomes } from './packed-messages.ts'

export interface WriterSettings {
  readonly dataDir: string
  readonly bulkMaxOperations: number
  /** Of a group in the answer to a write. */
  readonly mostMembers?: number | undefined
  /** Memory of the bell that the other side rings after each message. */
  readonly bell: SharedArrayBuffer
  /** Bench switch: makes every commit slower, in ms. */
  readonly commitDelayMs: number
}

export type ToWriter = { readonly kind: 'commands'; readonly commands: PackedCommands } | { readonly kind: 'close' }

export type FromWriter =
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly problem: string }
  | { readonly kind: 'outcomes'; readonly outcomes: PackedOutcomes }
  | { readonly kind: 'closed' }
