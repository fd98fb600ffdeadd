/** What was asked for is not there. The message is one line. */
export class NotFound extends Error {
  override readonly name = 'NotFound'
}
