import type { ScimType } from '../../scim/error.ts'
import type { AdministrationInput, AdministrationName } from '../administration/administration.ts'
import type { FieldProblem, RefusalReason } from '../administration/refusal.ts'
import type { Answer } from '../directory/read/answer.ts'
import type { NewChange } from '../store/resources/changes.ts'
import type { ResourceName } from '../store/resources/resource-kind.ts'

/** A write of an IdP as the endpoint's thread hands it to the writer: authenticated and routed, its body still text. */
export interface ScimCommand {
  readonly kind: 'scim'
  readonly integrationId: number
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly resource: ResourceName
  readonly id: string | undefined
  readonly body: string | undefined
  /** The raw query string, for `attributes` and `excludedAttributes`. */
  readonly query: string
  readonly ifMatch: string | undefined
  readonly ifNoneMatch?: string | undefined
  readonly base: string
  readonly requestId: string
  readonly now: number
}

/** A bulk request (RFC 7644 §3.7). */
export interface BulkCommand {
  readonly kind: 'bulk'
  readonly integrationId: number
  readonly body: string
  readonly base: string
  readonly requestId: string
  readonly now: number
}

/** A change by the admin; `input` belongs to `name`. */
export interface AdministrationCommand {
  readonly kind: 'administration'
  readonly name: AdministrationName
  readonly input: AdministrationInput
  readonly actor: string
  readonly now: number
}

/** Dates of use, gathered by the endpoint and written now and then. */
export interface TokenUseCommand {
  readonly kind: 'token-use'
  readonly uses: readonly { readonly tokenId: number; readonly at: number }[]
  readonly now: number
}

/** A write that is carried out and then undone, to see what would come of it. */
export interface RehearsalCommand {
  readonly kind: 'rehearsal'
  readonly command: ScimCommand | BulkCommand
  readonly now: number
}

export type Command = ScimCommand | BulkCommand | AdministrationCommand | TokenUseCommand | RehearsalCommand

/** How a command ended. It is told only after its transaction has been committed and has reached the disk. */
export type Outcome =
  /** `notes` are the JSON texts of the notes that the writer left, separated by commas. */
  | { readonly kind: 'answer'; readonly answer: Answer; readonly notes: string }
  | { readonly kind: 'value'; readonly value: unknown }
  | {
      readonly kind: 'scim-error'
      readonly status: number
      readonly scimType: ScimType | undefined
      readonly detail: string
      readonly notes: string
    }
  /** What would have come of a command, and the changes that it would have left. Nothing of it is stored. */
  | { readonly kind: 'rehearsed'; readonly outcome: Outcome; readonly changes: readonly NewChange[] }
  /** A refusal for the admin: one line, and what is wrong with single fields. */
  | {
      readonly kind: 'refused'
      readonly problem: string
      readonly reason: RefusalReason
      readonly fields: readonly FieldProblem[]
    }
  /** The store could not write: a full disk, say. One line. */
  | { readonly kind: 'store-error'; readonly problem: string }
  /** The writer's thread ended while it had the command: whether it was carried out is not known. One line. */
  | { readonly kind: 'interrupted'; readonly problem: string }
  /** A bug. */
  | { readonly kind: 'bug'; readonly stack: string }
