/** Up to here looking through a list is faster than building a set of it. */
const few = 12

/** Those of `keys` that are not among the others: in time that grows with both, for somebody may have tens of thousands of addresses. */
export function missingIn(others: readonly string[], keys: readonly string[]): readonly string[] {
  if (keys.length === 0 || others.length === 0) return keys
  if (others.length <= few) return keys.filter((key) => !others.includes(key))
  const known = new Set(others)
  return keys.filter((key) => !known.has(key))
}
