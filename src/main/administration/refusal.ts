/** `managed`: an IdP manages the record. `changed`: somebody else has changed it meanwhile. */
export type RefusalReason = 'managed' | 'changed' | 'other'

/** The admin's command cannot be carried out; the message is one line that says what to do. What it had begun is undone. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly reason: RefusalReason

  constructor(message: string, reason: RefusalReason = 'other') {
    super(message)
    this.reason = reason
  }
}
