const atOnce = 16

/** Runs `task` for each item, a few at a time. */
export async function forEachAtOnce<T>(items: readonly T[], task: (item: T) => Promise<unknown>): Promise<void> {
  const waiting = items.values()
  const worker = async () => {
    for (const item of waiting) await task(item)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}
