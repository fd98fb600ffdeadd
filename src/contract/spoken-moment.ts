/** A moment within a sentence that is put together before it is known by whose clock it will be read; `at` in ms since the epoch. */
export function momentMark(at: number): string {
  return `{${at}}`
}

/** A sentence with its moments as its reader says them. */
export function withMoments(sentence: string, say: (at: number) => string): string {
  return sentence.replaceAll(/\{(\d+)\}/g, (_mark, at: string) => say(Number(at)))
}
