/** The end of a `switch` over a union: the compiler refuses it when a case was forgotten. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`)
}
