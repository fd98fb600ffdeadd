import type { AlertRow } from '../store/notify/alerts.ts'
import type { NewMessage } from '../store/notify/outbox.ts'

/** What the notifier has decided, carried out by the writer as a whole: what is remembered and what is queued go together. */
export type TellChange =
  /** Nothing is queued when another process has raised the same by then. */
  | { readonly kind: 'raise'; readonly alert: AlertRow; readonly messages: readonly NewMessage[] }
  /** Nothing is queued when it is over already. */
  | { readonly kind: 'end'; readonly rule: string; readonly subject: string; readonly messages: readonly NewMessage[] }
  | { readonly kind: 'queue'; readonly messages: readonly NewMessage[] }
  /** A mark goes up only, unless what it counts has begun anew. */
  | { readonly kind: 'mark'; readonly name: string; readonly value: number; readonly isReset?: true }
  /** Nothing is queued for somebody whom any of the marks shows to have been welcomed. */
  | {
      readonly kind: 'welcome'
      readonly directoryId: number
      readonly marks: readonly string[]
      readonly message: NewMessage
    }
