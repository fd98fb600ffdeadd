/** The admin's command cannot be carried out; the message is one line that says what to do. What it had begun is undone. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
}
