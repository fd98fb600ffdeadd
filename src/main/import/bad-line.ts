/** A line of an import that cannot be imported; the others can. */
export class BadLine extends Error {
  override readonly name = 'BadLine'
  readonly line: number
  /** A sentence that says what is wrong with it. */
  readonly problem: string

  constructor(line: number, problem: string) {
    super(`Line ${line}: ${problem}`)
    this.line = line
    this.problem = problem
  }
}
