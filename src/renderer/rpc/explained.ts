/** Something did not work, and the message says why, in a sentence for the person. */
export class Explained extends Error {
  override readonly name = 'Explained'
}
