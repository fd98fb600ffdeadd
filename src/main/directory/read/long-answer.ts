import type { Answer } from './answer.ts'

/** An answer whose body may be long: it is read as it is taken, piece by piece. */
export interface LongAnswer {
  /** Without a body where there are pieces of it. */
  readonly answer: Answer
  /** Taking one throws `ScimError` `tooMany` where there are too many members or groups. */
  readonly pieces: Iterable<string>
}
