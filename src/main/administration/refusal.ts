/** `managed`: an IdP manages the record. `changed`: somebody else has changed it meanwhile. */
export type RefusalReason = 'managed' | 'changed' | 'other'

/** What is wrong with one field of what was sent: `emails[1].value`. */
export interface FieldProblem {
  readonly path: string
  /** A sentence. */
  readonly problem: string
}

/** The admin's command cannot be carried out; the message is one line that says what to do. What it had begun is undone. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly reason: RefusalReason
  readonly fields: readonly FieldProblem[]

  constructor(message: string, reason: RefusalReason = 'other', fields: readonly FieldProblem[] = []) {
    super(message)
    this.reason = reason
    this.fields = fields
  }
}
